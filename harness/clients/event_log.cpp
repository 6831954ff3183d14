#include "clients/event_log.hpp"

#include "service/event.hpp"

#include <fstream>
#include <string>
#include <system_error>
#include <utility>

namespace guise::clients {

namespace {

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
    std::ifstream stream(file_, std::ios::binary);
    if (size_of(file_) >= size_) stream.seekg(static_cast<std::streamoff>(size_));
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    return events_in(text, line);
}

}  // namespace guise::clients
