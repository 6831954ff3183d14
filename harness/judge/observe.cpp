// Decides what a client did.
//
// Closing the socket is not enough for a refusal: some clients send the request first and look at the
// certificate afterwards, some complete the handshake and then close without a byte, and a crash closes the
// socket too. So this reads what left the client, in order, and then whether the client was alive and awake
// when it ended the connection. Its exit code and its texts are not asked: real tools return 1 after they
// have sent the request, and 0 after they have refused.
#include "judge/observe.hpp"

#include "base/glob.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstring>

namespace guise::judge {

namespace {

using tls::Ending;
using tls::Transcript;

constexpr std::uint8_t close_notify = 0;
constexpr std::uint8_t user_canceled = 90;

bool ended_by_client(const Transcript& connection) {
    return connection.ending == Ending::client_closed || connection.ending == Ending::client_reset;
}

// "GET /api/x?y HTTP/1.1" against "GET /api/*": the method and the path, the query left out.
bool is_public(std::string_view line, const std::vector<std::string>& patterns) {
    const auto method_end = line.find(' ');
    const auto target_end = line.find_first_of(" ?", method_end + 1);
    if (method_end == std::string_view::npos || target_end == std::string_view::npos) return false;
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
        return matches(pattern, line.substr(0, target_end));
    });
}

// Whether the data is a sequence of whole requests without bodies, all of them public.
bool only_public_requests(std::string_view data, const std::vector<std::string>& patterns) {
    while (!data.empty()) {
        const auto end = data.find("\r\n\r\n");
        if (end == std::string_view::npos || !is_public(data.substr(0, data.find("\r\n")), patterns))
            return false;
        data.remove_prefix(end + 4);
    }
    return true;
}

Outcome after_finished(const Transcript& connection, const std::vector<std::string>& public_requests) {
    if (connection.application_bytes > 0)
        return connection.application_bytes == connection.application.size() &&
                       only_public_requests(connection.application, public_requests)
                   ? Outcome::public_request
                   : Outcome::data;
    return fatal_alert(connection) || ended_by_client(connection) ? Outcome::refused_late : Outcome::idle;
}

std::string client_end(const VisitEvidence& evidence) {
    const clients::ProcessRecord& process = evidence.process;
    if (process.killed) return "the harness had to end the client";
    if (process.signal)
        return fmt::format("the client died of signal {} ({})", *process.signal, strsignal(*process.signal));
    if (evidence.client_deadline.count() > 0 && process.lasted >= evidence.client_deadline)
        return fmt::format("the client gave up at its own deadline of {} s",
                           evidence.client_deadline.count());
    return {};
}

// Whether somebody closed for the client: the harness, or the client's own clock.
bool closed_for_it(const VisitEvidence& evidence) {
    const clients::ProcessRecord& process = evidence.process;
    const bool gave_up =
        !process.signal && evidence.client_deadline.count() > 0 && process.lasted >= evidence.client_deadline;
    return process.killed || gave_up;
}

// How far a client had gone before somebody closed for it.
Outcome without_the_close(Outcome outcome) {
    if (outcome == Outcome::refused_close) return Outcome::stalled;
    return outcome == Outcome::refused_late ? Outcome::idle : outcome;
}

// An alert is the client's own word, whatever became of it later; a close may be nobody's.
void decide(Observation& seen, const std::string& end) {
    const bool refused = seen.outcome >= Outcome::refused_alert && seen.outcome <= Outcome::refused_late;
    if (seen.outcome >= Outcome::data)
        seen.decision = profile::Decision::accept;
    else if (refused && (end.empty() || seen.alert))
        seen.decision = profile::Decision::refuse;
}

std::string refusal(const Observation& seen) {
    const char* when = seen.outcome == Outcome::refused_late ? "after the handshake" : "in the handshake";
    if (seen.alert)
        return fmt::format("refused {} with alert {} ({})", when, tls::alert_name(seen.alert->description),
                           seen.alert->description);
    if (!seen.decision) return fmt::format("was cut off {}, without an alert", when);
    return fmt::format("refused {} by closing, without an alert", when);
}

std::string went(const Observation& seen) {
    switch (seen.outcome) {
        case Outcome::no_connection:
            return "never connected";
        case Outcome::not_tls:
            return "did not speak TLS";
        case Outcome::negotiation_failed:
            return "ended before it had seen the certificate";
        case Outcome::stalled:
            return "saw the certificate and then neither went on nor ended";
        case Outcome::refused_alert:
        case Outcome::refused_close:
        case Outcome::refused_late:
            return refusal(seen);
        case Outcome::idle:
            return "finished the handshake and then said nothing";
        case Outcome::public_request:
            return "sent nothing but public requests";
        case Outcome::data:
            return "accepted and sent data";
        case Outcome::confidential:
            return seen.canary_in_clear ? "sent the canary in clear" : "accepted and sent the canary";
    }
    return {};
}

Trouble trouble_of(const VisitEvidence& evidence) {
    const clients::ProcessRecord& process = evidence.process;
    if (!process.start_error.empty()) return Trouble::environment;
    const int code = process.exit_code.value_or(0);
    if (evidence.adapter && code == 89) return Trouble::unsupported;
    if (evidence.connections.empty() && (code == 126 || code == 127)) return Trouble::environment;
    return Trouble::none;
}

std::string trouble_text(const VisitEvidence& evidence, Trouble trouble) {
    const clients::ProcessRecord& process = evidence.process;
    if (trouble == Trouble::unsupported) return "says that it cannot do this (exit 89)";
    if (!process.start_error.empty()) return fmt::format("could not be started: {}", process.start_error);
    return fmt::format("is misconfigured: exit {} without a connection: {}", *process.exit_code,
                       process.errors.substr(0, process.errors.find('\n')));
}

}  // namespace

const tls::Alert* fatal_alert(const Transcript& connection) {
    for (auto alert = connection.alerts.rbegin(); alert != connection.alerts.rend(); ++alert)
        if (alert->direction == tls::Direction::received && alert->description != close_notify &&
            alert->description != user_canceled)
            return &*alert;
    return nullptr;
}

Outcome outcome_of(const Transcript& connection, const std::string& canary,
                   const std::vector<std::string>& public_requests) {
    const auto holds_canary = [&](const std::string& text) {
        return !canary.empty() && text.find(canary) != std::string::npos;
    };
    if (holds_canary(connection.application) || holds_canary(connection.clear)) return Outcome::confidential;
    if (!connection.clear.empty() && !connection.speaks_tls) return Outcome::not_tls;
    if (connection.finished) return after_finished(connection, public_requests);
    if (!connection.certificate_sent) return Outcome::negotiation_failed;
    if (fatal_alert(connection)) return Outcome::refused_alert;
    return ended_by_client(connection) ? Outcome::refused_close : Outcome::stalled;
}

Observation observe(const VisitEvidence& evidence, const std::vector<std::string>& public_requests) {
    Observation seen;
    seen.connections = evidence.connections.size();
    seen.exit_code = evidence.process.exit_code;
    for (const Transcript& connection : evidence.connections) {
        const Outcome outcome = outcome_of(connection, evidence.canary, public_requests);
        if (outcome < seen.outcome) continue;
        seen.outcome = outcome;
        const tls::Alert* alert = fatal_alert(connection);
        seen.alert = alert ? std::optional(*alert) : std::nullopt;
        seen.canary_in_clear =
            seen.canary_in_clear || connection.clear.find(evidence.canary) != std::string::npos;
    }
    seen.canary_in_clear =
        seen.canary_in_clear && seen.outcome == Outcome::confidential && !evidence.canary.empty();
    if (closed_for_it(evidence) && !seen.alert) seen.outcome = without_the_close(seen.outcome);
    const std::string end = client_end(evidence);
    decide(seen, end);
    seen.trouble = trouble_of(evidence);
    seen.sentence = seen.trouble == Trouble::none ? went(seen) : trouble_text(evidence, seen.trouble);
    if (!seen.decision && !end.empty()) seen.sentence += ", but " + end;
    return seen;
}

}  // namespace guise::judge
