// Decides what a client did.
//
// Closing the socket is not enough for a refusal: some clients send the request first and look at the
// certificate afterwards, some complete the handshake and then close without a byte, and a crash closes the
// socket too. So this reads what left the client, in order, and then whether the client was alive and awake
// when it ended the connection. Its exit code and its texts are not asked: real tools return 1 after they
// have sent the request, and 0 after they have refused.
#include "evidence/observe.hpp"

#include "base/glob.hpp"
#include "secrets/find.hpp"
#include "tls/alerts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstring>

namespace guise::evidence {

namespace {

using profile::Decision;
using profile::Final;
using scenario::Answer;
using tls::Ending;
using tls::Transcript;

bool ended_by_client(const Transcript& connection) {
    return connection.ending == Ending::client_closed || connection.ending == Ending::client_reset;
}

// "GET /api/x?y HTTP/1.1" against "GET /api/*": the method and the path, the query left out.
bool is_public(std::string_view line, const std::vector<std::string>& patterns) {
    const auto method_end = line.find(' ');
    const auto target_end = line.find_first_of(" ?", method_end + 1);
    if (method_end == std::string_view::npos || target_end == std::string_view::npos) return false;
    return matches_any(patterns, line.substr(0, target_end));
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

// How the canary came in one connection; empty where it did not.
struct Carried {
    std::string in_tls;
    std::string in_clear;

    Carried(const Transcript& connection, const std::string& canary)
        : in_tls(secrets::form_of_secret(connection.application, canary)),
          in_clear(secrets::form_of_secret(connection.clear, canary)) {
        if (in_tls.empty()) in_tls = connection.application_secret;
        if (in_clear.empty()) in_clear = connection.clear_secret;
    }
};

// Whether the canary, or a proof of it, came outside of TLS.
bool canary_in_clear(const Transcript& connection, const Carried& carried) {
    return !carried.in_clear.empty() || !connection.hello_secret.empty() ||
           (connection.secret_proven && !connection.speaks_tls);
}

// The form and the place for a sentence; empty where they go without saying: as logins send it.
std::string told(const std::string& form) { return form == "as it is" || form == "in base64" ? "" : form; }

std::string how_carried(const Transcript& connection, const Carried& carried) {
    if (!connection.hello_secret.empty()) {
        const std::string form = told(connection.hello_secret);
        return form.empty() ? "in its ClientHello" : form + ", in its ClientHello";
    }
    return told(carried.in_clear.empty() ? carried.in_tls : carried.in_clear);
}

Outcome outcome(const Transcript& connection, const Carried& carried,
                const std::vector<std::string>& public_requests) {
    if (connection.secret_proven || !carried.in_tls.empty() || !carried.in_clear.empty())
        return Outcome::confidential;
    if (!connection.clear.empty() && !connection.speaks_tls) return Outcome::not_tls;
    if (connection.finished) return after_finished(connection, public_requests);
    if (!connection.certificate_sent) return Outcome::negotiation_failed;
    if (fatal_alert(connection)) return Outcome::refused_alert;
    // No client can go on with a server that stops: one that has sent nothing by then has accepted nothing.
    const bool stopped = connection.ending == Ending::server_stopped;
    return ended_by_client(connection) || stopped ? Outcome::refused_close : Outcome::stalled;
}

std::string client_end(const VisitEvidence& evidence) {
    const ProcessRecord& process = evidence.client.process;
    if (process.killed) return "the harness had to end the client";
    if (process.signal)
        return fmt::format("the client died of signal {} ({})", *process.signal,
                           signal_name(*process.signal));
    if (evidence.client_deadline.count() > 0 && process.lasted >= evidence.client_deadline)
        return fmt::format("the client gave up at its own deadline of {} s",
                           evidence.client_deadline.count());
    return {};
}

// Whether somebody closed for the client: the harness, the client's own clock, or whoever ended it because
// its question is left open.
bool closed_for_it(const Observation& seen, const VisitEvidence& evidence) {
    const ProcessRecord& process = evidence.client.process;
    const bool gave_up =
        !process.signal && evidence.client_deadline.count() > 0 && process.lasted >= evidence.client_deadline;
    return process.killed || gave_up || seen.answer == Answer::ignore;
}

// How far a client had gone before somebody closed for it.
Outcome without_the_close(Outcome outcome) {
    if (outcome == Outcome::refused_close) return Outcome::stalled;
    return outcome == Outcome::refused_late ? Outcome::idle : outcome;
}

// Of the connections over TLS: who ends one in plain text says nothing of the certificate.
bool all_ended_by_client(const std::vector<Transcript>& connections) {
    return std::ranges::all_of(connections, [](const Transcript& connection) {
        return !connection.speaks_tls || ended_by_client(connection) || fatal_alert(connection);
    });
}

// Whether the client ended what it had begun, without its secret, and then exited. A client that dies or
// hangs after an alert has not come to a decision that its user gets to know. Public requests alone are a
// refusal where the client ends there.
bool refused(const Observation& seen, const VisitEvidence& evidence, const std::string& end) {
    if (!end.empty()) return false;
    if (seen.outcome == Outcome::public_request) return all_ended_by_client(evidence.connections);
    return seen.outcome >= Outcome::refused_alert && seen.outcome <= Outcome::refused_late;
}

// The signal that the client died of after it saw a certificate, where only the client can have sent it:
// with SIGKILL the driver ends a client whose question stays open.
std::optional<int> died_of(const Observation& seen, const VisitEvidence& evidence) {
    const ProcessRecord& process = evidence.client.process;
    const bool shown = std::ranges::any_of(evidence.connections, &Transcript::certificate_sent);
    const bool ended = seen.answer == Answer::ignore && process.signal == SIGKILL;
    return shown && !process.killed && !ended ? process.signal : std::nullopt;
}

// The client was shown the second chain of a swap: it had gone on with the first.
bool met_swap(const VisitEvidence& evidence) {
    return !evidence.swapped.empty() && std::any_of(evidence.connections.begin(), evidence.connections.end(),
                                                    [&](const Transcript& connection) {
                                                        return connection.presented == evidence.swapped &&
                                                               connection.certificate_sent;
                                                    });
}

// A staple is for those whose ClientHello has status_request (RFC 6066 section 8).
std::set<pki::Topic> asked(const VisitEvidence& evidence) {
    constexpr std::uint16_t status_request = 5;
    std::set<pki::Topic> out;
    for (const Transcript& connection : evidence.connections)
        if (connection.hello && std::ranges::count(connection.hello->extensions, status_request) != 0)
            out.insert({pki::Channel::staple, pki::Position::leaf});
    for (const Fetched& fetched : evidence.fetched) out.insert(fetched.topic);
    return out;
}

// The last answer counts; one warning among the questions makes them one.
void take_questions(Observation& seen) {
    for (const PromptRecord& prompt : seen.prompts) {
        const auto answer = from_word<Answer>(prompt.answered);
        if (!is_question(prompt) || !answer) continue;
        seen.answer = answer;
        const bool warns = prompt.kind == "warn" || seen.decision == Decision::warn;
        seen.decision = warns ? Decision::warn : Decision::ask;
    }
}

Final accepted_as(const std::optional<Answer>& answer) {
    return answer == Answer::once ? Final::accepted_once : Final::accepted;
}

// The user has left the question open, and the client went no further until somebody ended it; SIGKILL is the
// driver's way to do that.
bool left_open(const Observation& seen, const ProcessRecord& process) {
    const bool crashed = process.signal && *process.signal != SIGKILL;
    return seen.answer == Answer::ignore && seen.outcome >= Outcome::stalled && (!crashed || seen.alert);
}

void decide(Observation& seen, const VisitEvidence& evidence, const std::string& end) {
    const bool went_on = seen.outcome >= Outcome::data, ended = refused(seen, evidence, end);
    if (went_on)
        seen.final = accepted_as(seen.answer);
    else if (left_open(seen, evidence.client.process))
        seen.final = Final::held;
    else if (ended)
        seen.final = Final::refused;
    if (seen.answer || !(went_on || ended)) return;
    seen.decision = went_on || seen.met_swap ? Decision::accept : Decision::refuse;
}

std::string refusal(const Observation& seen) {
    const char* when = seen.outcome == Outcome::refused_late ? "after the handshake" : "in the handshake";
    if (seen.alert)
        return fmt::format("refused {} with alert {} ({})", when, tls::alert_name(seen.alert->description),
                           seen.alert->description);
    if (!seen.final) return fmt::format("was cut off {}, without an alert", when);
    if (seen.server_stopped) return "sent nothing more when the server stopped";
    return fmt::format("refused {} by closing, without an alert", when);
}

std::string sent(const Observation& seen) {
    std::string what = seen.outcome == Outcome::data ? "data" : "the canary";
    if (seen.outcome == Outcome::confidential && !seen.canary_how.empty()) what += " " + seen.canary_how;
    if (seen.carried_from > 0) what += fmt::format(" over the connection of visit {}", seen.carried_from);
    if (!seen.refused_after_data) return "accepted and sent " + what;
    return fmt::format("sent {}, and then refused (exit {})", what, seen.exit_code.value_or(0));
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
            return seen.final == Final::refused ? "sent nothing but public requests, and ended"
                                                : "sent nothing but public requests";
        case Outcome::data:
        case Outcome::confidential:
            return sent(seen);
    }
    return {};
}

std::string in_words(const Observation& seen) {
    const std::string leak =
        "sent the canary in clear" + (seen.canary_how.empty() ? "" : ", " + seen.canary_how);
    if (seen.canary_in_clear && seen.outcome == Outcome::confidential) return leak;
    const bool waits = seen.final == Final::held && seen.outcome != Outcome::public_request;
    const std::string said = waits ? "did not go on" : went(seen);
    return seen.canary_in_clear ? said + ", and " + leak : said;
}

std::string questioned(const Observation& seen) {
    if (!seen.answer) return in_words(seen);
    const char* how = seen.decision == Decision::warn ? "warned" : "asked";
    if (seen.answer == Answer::ignore)
        return fmt::format("{} its user, got no answer, and {}", how, in_words(seen));
    return fmt::format("{} its user, was answered '{}', and {}", how, word(*seen.answer), in_words(seen));
}

// A connection in which the client could not be shown what the scenario has for it; null where there is none.
const Transcript* unfit_connection(const VisitEvidence& evidence) {
    const auto found = std::ranges::find(evidence.connections, Ending::unfit, &Transcript::ending);
    return found == evidence.connections.end() ? nullptr : &*found;
}

Trouble trouble_of(const VisitEvidence& evidence) {
    const ProcessRecord& process = evidence.client.process;
    if (!evidence.client.unsupported.empty()) return Trouble::unsupported;
    if (unfit_connection(evidence)) return Trouble::unsupported;
    if (!process.start_error.empty() || !evidence.client.adapter_error.empty()) return Trouble::environment;
    const int code = process.exit_code.value_or(0);
    if (evidence.adapter && code == 89) return Trouble::unsupported;
    if (evidence.connections.empty() && (code == 126 || code == 127)) return Trouble::environment;
    return Trouble::none;
}

std::string trouble_text(const VisitEvidence& evidence, Trouble trouble) {
    const ProcessRecord& process = evidence.client.process;
    if (!evidence.client.unsupported.empty())
        return fmt::format("says that it cannot do this: {}", evidence.client.unsupported);
    if (const Transcript* unfit = unfit_connection(evidence))
        return fmt::format("offers no handshake that this could be shown in: {}", unfit->error);
    if (trouble == Trouble::unsupported) return "says that it cannot do this (exit 89)";
    if (!evidence.client.adapter_error.empty())
        return fmt::format("has an adapter at fault: {}", evidence.client.adapter_error);
    if (!process.start_error.empty()) return fmt::format("could not be started: {}", process.start_error);
    return fmt::format("is misconfigured: exit {} without a connection: {}", *process.exit_code,
                       process.errors.substr(0, process.errors.find('\n')));
}

// The first line of what it said, of a length that a report bears.
std::string first_words(const ProcessRecord& process) {
    const std::string& said = process.errors.empty() ? process.output : process.errors;
    std::string line = said.substr(0, std::min(said.find('\n'), std::size_t{160}));
    std::erase_if(line, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    return line.empty() ? line : ": " + line;
}

// Why a client that failed by itself did not come: more often than not its command line is wrong.
std::string why_absent(const VisitEvidence& evidence) {
    const ProcessRecord& process = evidence.client.process;
    if (process.signal && !process.killed)
        return fmt::format(" (signal {}{})", *process.signal, first_words(process));
    if (process.exit_code.value_or(0) == 0) return {};
    return fmt::format(" (exit {}{})", *process.exit_code, first_words(process));
}

bool in_plain_text(const Transcript& connection) {
    return !connection.speaks_tls && !connection.clear.empty();
}

std::size_t heartbeats_of(const Transcript& connection) {
    return static_cast<std::size_t>(std::ranges::count_if(connection.steps, [](const tls::Step& step) {
        return step.direction == tls::Direction::received && step.what == "Heartbeat";
    }));
}

// Of connections that came as far as each other, all count: one may be of an earlier visit.
void note_origin(int opened_in, Outcome came_to, Observation& seen) {
    if (came_to > seen.outcome) {
        seen.carried_from = opened_in;
        seen.also_new = false;
    } else if (opened_in > 0) {
        seen.also_new = seen.carried_from == 0 || seen.also_new;
        seen.carried_from = opened_in;
    } else {
        seen.also_new = seen.also_new || seen.carried_from > 0;
    }
}

// How far the client went over TLS; over anything else only where no connection was TLS.
void read_connections(const VisitEvidence& evidence, const std::vector<std::string>& public_requests,
                      Observation& seen) {
    const bool any_tls = std::any_of(evidence.connections.begin(), evidence.connections.end(),
                                     [](const Transcript& each) { return each.speaks_tls; });
    for (const Transcript& connection : evidence.connections) {
        const Carried carried(connection, evidence.canary);
        seen.canary_in_clear = seen.canary_in_clear || canary_in_clear(connection, carried);
        if (seen.canary_how.empty()) seen.canary_how = how_carried(connection, carried);
        seen.plain_text = seen.plain_text || in_plain_text(connection);
        seen.heartbeats += heartbeats_of(connection);
        // On one that an earlier visit has opened it was given then.
        seen.gave_identity |= connection.visit == 0 && !connection.client_certificate.empty();
        seen.server_stopped = seen.server_stopped || connection.ending == Ending::server_stopped;
        const Outcome came_to = outcome(connection, carried, public_requests);
        if (came_to < seen.outcome || (any_tls && !connection.speaks_tls)) continue;
        note_origin(connection.visit, came_to, seen);
        seen.outcome = came_to;
        const tls::Alert* alert = fatal_alert(connection);
        seen.alert = alert ? std::optional(*alert) : std::nullopt;
    }
}

// What reached another port of the harness came without TLS to the server.
void read_asides(const VisitEvidence& evidence, Observation& seen) {
    for (const Aside& aside : evidence.asides) {
        seen.canary_in_clear = true;
        const std::string form = told(aside.how);
        if (seen.canary_how.empty()) seen.canary_how = form.empty() ? aside.to : form + ", " + aside.to;
    }
}

}  // namespace

void tell_refusal_after_data(Observation& seen) {
    seen.refused_after_data = true;
    if (seen.trouble == Trouble::none) seen.sentence = questioned(seen);
}

std::string signal_name(int signal) {
    const char* name = sigdescr_np(signal);
    return name ? name : fmt::format("signal {}", signal);
}

bool is_question(const PromptRecord& prompt) { return prompt.kind != "error"; }

const tls::Alert* fatal_alert(const Transcript& connection) {
    for (auto alert = connection.alerts.rbegin(); alert != connection.alerts.rend(); ++alert)
        if (alert->direction == tls::Direction::received && tls::is_error_alert(alert->description))
            return &*alert;
    return nullptr;
}

Outcome outcome_of(const Transcript& connection, const std::string& canary,
                   const std::vector<std::string>& public_requests) {
    return outcome(connection, {connection, canary}, public_requests);
}

namespace {

// The first of several connections was shown what is accepted, and what it carried is no matter.
VisitEvidence without_the_first(VisitEvidence evidence) {
    std::erase_if(evidence.connections,
                  [&](const Transcript& each) { return each.presented == evidence.first; });
    evidence.first.clear();
    return evidence;
}

}  // namespace

Observation observe(const VisitEvidence& evidence, const std::vector<std::string>& public_requests) {
    if (!evidence.first.empty()) return observe(without_the_first(evidence), public_requests);
    Observation seen;
    seen.connections = evidence.connections.size();
    seen.exit_code = evidence.client.process.exit_code;
    seen.exit_means = evidence.client.exit_means;
    seen.prompts = evidence.client.prompts;
    seen.events = evidence.client.events;
    seen.reports_events = evidence.client.reports_events;
    seen.reports_prompts = evidence.client.reports_prompts || !seen.prompts.empty();
    seen.presented = evidence.presented;
    seen.asked = asked(evidence);
    seen.met_swap = met_swap(evidence);
    seen.has_identity = evidence.has_identity;
    read_connections(evidence, public_requests, seen);
    read_asides(evidence, seen);
    take_questions(seen);
    if (closed_for_it(seen, evidence) && !seen.alert) seen.outcome = without_the_close(seen.outcome);
    const std::string end = client_end(evidence);
    decide(seen, evidence, end);
    // What it remembers may be of another case: whatever it did, it shows no decision.
    if (!evidence.client.outside.empty()) seen.decision.reset(), seen.final.reset();
    seen.died_of = died_of(seen, evidence);
    seen.trouble = trouble_of(evidence);
    seen.sentence = seen.trouble == Trouble::none ? questioned(seen) : trouble_text(evidence, seen.trouble);
    if (seen.trouble == Trouble::none && seen.outcome == Outcome::no_connection)
        seen.sentence += why_absent(evidence);
    if (seen.trouble == Trouble::none && !seen.final && !end.empty()) seen.sentence += ", but " + end;
    if (!evidence.client.outside.empty())
        seen.sentence += ", and may have written outside of its home: " + evidence.client.outside;
    return seen;
}

}  // namespace guise::evidence
