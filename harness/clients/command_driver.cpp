#include "clients/command_driver.hpp"

#include "clients/forget.hpp"
#include "clients/home.hpp"
#include "process/orphans.hpp"

#include <fmt/format.h>

namespace guise::clients {
namespace asio = boost::asio;

namespace {

// Of processes that outlive their client: what sends a login in the background does so at once, or when a
// wait of a second or two is over.
constexpr std::chrono::milliseconds orphans_patience{5'000};

std::string meaning_of(const ExitCodes& codes, const std::optional<int>& code) {
    if (code && codes.accepted.contains(*code)) return "accepted";
    if (code && codes.refused.contains(*code)) return "refused";
    return {};
}

}  // namespace

asio::awaitable<std::string> CommandDriver::open(std::string mode, VisitPlace) {
    if (mode.empty()) co_return "the client file has no default mode";
    co_return co_await set_mode(std::move(mode));
}

asio::awaitable<std::string> CommandDriver::restart() { co_return std::string(); }

asio::awaitable<std::string> CommandDriver::set_mode(std::string mode) {
    if (!client_.modes.contains(mode)) co_return fmt::format("the client file has no mode '{}'", mode);
    mode_ = std::move(mode);
    co_return std::string();
}

asio::awaitable<std::string> CommandDriver::forget(VisitPlace place, std::string) {
    co_return forget_files(client_, mode_, place);
}

asio::awaitable<void> CommandDriver::close() { co_return; }

std::optional<process::Launch> CommandDriver::ready(const Attempt& attempt, evidence::ClientRecord& record) {
    record.reports_events = client_.tells_events;
    if (attempt.connections > 1) {
        record.unsupported = "connections";
        return std::nullopt;
    }
    const Problems problems = make_home(attempt.place.home, files_to_write(attempt.place));
    if (!problems.empty()) {
        record.process.start_error = problems.list.front().text();
        return std::nullopt;
    }
    if (client_.events) log_.emplace(below_home(attempt.place, client_.events->file));
    outside_.emplace(client_, mode_, attempt.place, password_home_);
    return prepare(client_, mode_, attempt.place);
}

std::map<std::string, std::string> CommandDriver::files_to_write(const VisitPlace& place) {
    std::map<std::string, std::string> out;
    for (auto& [path, text] : files_of(client_, mode_, place)) {
        const auto given = given_.find(path);
        std::error_code unknown;
        const bool there = std::filesystem::exists(std::filesystem::path(place.home) / path, unknown);
        if (given != given_.end() && given->second == text && there) continue;
        given_[path] = text;
        out[path] = std::move(text);
    }
    return out;
}

asio::awaitable<void> CommandDriver::wait_for_orphans(std::string home,
                                                      evidence::ClientRecord& record) const {
    const std::vector<std::string> left =
        co_await process::outlive_orphans(std::move(home), orphans_patience);
    for (const std::string& each : left)
        record.process.errors += fmt::format("\nguise: the client ended and left behind: {}\n", each);
}

void CommandDriver::look_after(const Attempt& attempt, evidence::ClientRecord& record) const {
    record.exit_means = meaning_of(client_.exit_codes, record.process.exit_code);
    if (outside_) record.outside = outside_->changed();
    if (client_.pins)
        record.pins = pins_in_file(below_home(attempt.place, client_.pins->file), client_.pins->line);
    if (!log_) return;
    record.events = log_->added(client_.events->line);
    for (evidence::EventRecord& event : record.events)
        event.at = record.process.lasted;  // by then; the log has a clock of its own
}

std::filesystem::path CommandDriver::below_home(const VisitPlace& place, const std::string& file) const {
    return std::filesystem::path(place.home) / filled(client_, mode_, place, file);
}

std::string process_lacks(const Client& client, const Needs& needs) {
    if (needs.resumption) return "it is a new process in each visit, and resumes no session";
    if (needs.kept_connections) return "it is a new process in each visit, and keeps no connection";
    if (needs.connections) return "it is one process, and connects once at a time";
    if (needs.clock && !client.faketime) return "its clock cannot be set (`clock: faketime` in its file)";
    if (needs.forget && client.forget.empty()) return "its file does not say what it can forget (`forget`)";
    if (needs.forget_one) return "what it forgets is every server at once";
    return {};
}

}  // namespace guise::clients
