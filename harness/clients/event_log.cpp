#include "clients/event_log.hpp"

#include "base/read_file.hpp"
#include "service/event.hpp"

#include <string>
#include <system_error>
#include <utility>

namespace guise::clients {

namespace {

// So much of what one visit adds is read.
constexpr std::size_t most_of_log = 16 << 20;

std::uintmax_t size_of(const std::filesystem::path& file) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    return error ? 0 : size;
}

evidence::EventRecord event_of(const Match& match) {
    const auto group = [&match](const char* name) {
        const auto found = match.named.find(name);
        return found == match.named.end() ? std::string() : found->second;
    };
    evidence::EventRecord out;
    out.name = group("name");
    out.server = group("server");
    out.faults = service::words_of(group("faults"));
    out.source = "log";
    return out;
}

}  // namespace

std::vector<evidence::EventRecord> events_in(std::string_view text, const Pattern& line) {
    std::vector<evidence::EventRecord> out;
    for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
        if (const auto match = line.search(text.substr(0, end - (end > 0 && text[end - 1] == '\r' ? 1 : 0))))
            out.push_back(event_of(*match));
    return out;
}

WatchedLog::WatchedLog(std::filesystem::path file) : file_(std::move(file)), size_(size_of(file_)) {}

std::vector<evidence::EventRecord> WatchedLog::added(const Pattern& line) const {
    const std::size_t begin = size_of(file_) >= size_ ? static_cast<std::size_t>(size_) : 0;
    return events_in(read_part(file_, begin, most_of_log), line);
}

}  // namespace guise::clients
