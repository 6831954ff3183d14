// The events of a client in the log that it, or the system behind it, writes.
#pragma once

#include "clients/file/script.hpp"
#include "evidence/client_record.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace guise::clients {

/// The events in the whole lines of `text`, in their order. A line without its end is not yet one. The groups
/// `name`, `server` and `faults` (words between commas) of the pattern are the fields.
[[nodiscard]] std::vector<evidence::EventRecord> events_in(std::string_view text, const Pattern& line);

/// A log as it stands before a visit, so that what is added to it later can be recognised.
class WatchedLog final {
 public:
    explicit WatchedLog(std::filesystem::path file);
    /// What has been added since. Of a file that is shorter than it was, all of it: it is a new one.
    [[nodiscard]] std::vector<evidence::EventRecord> added(const Pattern& line) const;

 private:
    std::filesystem::path file_;
    std::uintmax_t size_ = 0;
};

}  // namespace guise::clients
