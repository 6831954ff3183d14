// Evidence made up of connections and questions.
#pragma once

#include "evidence/observe.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace guise::evidence::test {

using namespace std::chrono_literals;
using profile::Decision;
using tls::Direction;
using tls::Ending;
using tls::Transcript;

inline const std::string canary = "canary-0123456789abcdef";

inline tls::Alert alert(std::uint8_t description, Direction direction = Direction::received) {
    return {direction, 2, description, false, {}};
}

/// A connection that spoke TLS and ended before our Certificate.
inline Transcript greeted(Ending ending = Ending::client_closed) {
    Transcript out;
    out.hello.emplace();
    out.speaks_tls = true;
    out.ending = ending;
    return out;
}
/// One whose client has seen our Certificate and not finished.
inline Transcript shown(Ending ending = Ending::client_closed) {
    Transcript out = greeted(ending);
    out.certificate_sent = true;
    return out;
}
/// One refused with an alert.
inline Transcript refused(std::uint8_t description = 48) {
    Transcript out = shown();
    out.alerts = {alert(description)};
    return out;
}
/// One that finished the handshake and sent this.
inline Transcript finished(const std::string& sent = {}, Ending ending = Ending::client_closed) {
    Transcript out = shown(ending);
    out.finished = true;
    out.application = sent;
    out.application_bytes = sent.size();
    return out;
}
/// One that never spoke TLS and sent this.
inline Transcript plain(const std::string& sent) {
    Transcript out;
    out.clear = sent;
    out.ending = Ending::server_closed;
    return out;
}

/// A visit of a client that ended by itself, with these connections.
inline VisitEvidence visit(std::vector<Transcript> connections, int exit_code = 0) {
    VisitEvidence out;
    out.connections = std::move(connections);
    out.client.process.exit_code = exit_code;
    out.client.process.lasted = 100ms;
    out.canary = canary;
    out.client_deadline = 5s;
    return out;
}

inline Observation seen(std::vector<Transcript> connections) {
    return observe(visit(std::move(connections)), {});
}

/// What is read of a visit that was refused with an alert, as a value of its own.
inline Observation refusal() {
    Observation out;
    out.outcome = Outcome::refused_alert;
    out.decision = Decision::refuse;
    out.final = profile::Final::refused;
    out.alert = tls::Alert{Direction::received, 2, 48, false, 7us};
    out.sentence = "refused";
    return out;
}

/// A question of this kind that shows all that it should, and was answered so.
inline PromptRecord question(const std::string& kind, const std::string& answered) {
    PromptRecord out;
    out.kind = kind;
    out.answered = answered;
    out.explicit_trust = kind == "warn";
    out.shown = {{"signer", "self"}, {"sha1", "aabbcc"}};
    out.shows_faults = true;
    return out;
}
/// A visit of a client whose questions can be seen, with these.
inline VisitEvidence asked(std::vector<Transcript> connections, std::vector<PromptRecord> questions) {
    VisitEvidence out = visit(std::move(connections));
    out.client.prompts = std::move(questions);
    out.client.reports_prompts = true;
    return out;
}
inline Observation seen_asking(std::vector<Transcript> connections, const std::string& kind,
                               const std::string& answered) {
    return observe(asked(std::move(connections), {question(kind, answered)}), {});
}

}  // namespace guise::evidence::test
