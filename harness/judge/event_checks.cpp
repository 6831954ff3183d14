#include "judge/event_checks.hpp"

#include "base/ascii.hpp"
#include "judge/said_faults.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace guise::judge {

namespace {

using evidence::EventRecord;

// An event without a name is the one that was asked for: no others are reported here. A name counts in each
// spelling: "Server Certificate Error" is `server-certificate-error`.
std::vector<EventRecord> events_of(const Explained& visit) {
    const std::string wanted = letters_and_digits(visit.subject.profile.event);
    std::vector<EventRecord> out;
    for (const EventRecord& event : visit.seen.events)
        if (event.name.empty() || letters_and_digits(event.name) == wanted) out.push_back(event);
    return out;
}

std::string events_text(std::size_t events) {
    if (events == 0) return "no event";
    return events == 1 ? "one event" : fmt::format("{} events", events);
}

bool names_server(const Explained& visit, const EventRecord& event) {
    const auto& presented = visit.seen.presented;
    return !presented || names_place(event.server, presented->host, presented->port);
}

// Once for each attempt to connect.
Statement once(const Explained& visit, const std::vector<EventRecord>& events) {
    const bool named = std::all_of(events.begin(), events.end(),
                                   [&](const EventRecord& event) { return names_server(visit, event); });
    const auto most = static_cast<std::size_t>(std::max(visit.connect().connections, 1));
    return {
        events.size() <= most && named, events_text(most) + " at the most, with the name of the server",
        named ? events_text(events.size()) : events_text(events.size()) + ", without the name of the server"};
}

// What a client may overlook need not be named.
Statement all_faults(const Explained& visit, const EventRecord& event) {
    std::vector<std::string_view> missing;
    for (const auto& [fault, level] : visit.way.faults)
        if (level != Level::may &&
            std::find(event.faults.begin(), event.faults.end(), word(fault)) == event.faults.end())
            missing.push_back(word(fault));
    return {missing.empty(), "an event that names every fault",
            missing.empty() ? "all named" : fmt::format("no word of {}", fmt::join(missing, ", "))};
}

// What is said of the certificate must be so, in every event: made only where it is not.
void add_invented(const Explained& visit, const std::vector<EventRecord>& events, std::vector<Check>& out) {
    std::vector<std::string> invented;
    for (const EventRecord& event : events)
        for (std::string& fault : invented_faults(visit.way, event.faults))
            invented.push_back(std::move(fault));
    profile::Clauses clauses = clauses_of(visit, "event-faults");
    if (invented.empty() || clauses.empty()) return;
    out.push_back(check_of(visit, "event-faults",
                           {false, "an event that names faults of the certificate",
                            fmt::format("one that says {}", fmt::join(invented, ", "))},
                           std::move(clauses)));
}

// The cell's own clause stands for the first two.
constexpr std::pair<const char*, bool> all_checks[] = {
    {"event-fired", true}, {"event-absent", true}, {"event-once", false}, {"event-faults", false}};

}  // namespace

void add_event_checks(const Explained& visit, std::vector<Check>& out) {
    const profile::Clauses& own = visit.way.cell.event_clause;
    if (!visit.seen.reports_events) {
        for (const auto& [check, has_own] : all_checks)
            add_not_applicable(visit, check, "no event of this client can reach the harness", out,
                               has_own ? own : profile::Clauses());
        return;
    }
    const auto events = events_of(visit);
    add_check(visit, "event-fired", {!events.empty(), "the event", events_text(events.size())}, out, own);
    add_check(visit, "event-absent", {events.empty(), "no event", events_text(events.size())}, out, own);
    if (events.empty()) return;
    add_check(visit, "event-once", once(visit, events), out);
    add_check(visit, "event-faults", all_faults(visit, events.front()), out);
    add_invented(visit, events, out);
}

}  // namespace guise::judge
