// A client's home directory: fresh for a case, kept over its visits.
#pragma once

#include "base/problem.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace guise::clients {

/// Makes `home` with its `tmp`, and writes `files` (path below it -> text), for nobody but this user to read.
/// What else is there stays. Errors: the first directory or file that cannot be made.
[[nodiscard]] Problems make_home(const std::filesystem::path& home,
                                 const std::map<std::string, std::string>& files);

/// A directory of its own, removed with everything below it at the end.
class TemporaryHome final {
 public:
    /// Below TMPDIR, else /tmp. `path()` is empty where none can be made.
    TemporaryHome();
    TemporaryHome(const TemporaryHome&) = delete;
    TemporaryHome& operator=(const TemporaryHome&) = delete;
    ~TemporaryHome();

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
    std::filesystem::path path_;
};

}  // namespace guise::clients
