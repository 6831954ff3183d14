// Reads evidence: what did the client do? No expectation enters here.
#pragma once

#include "base/words.hpp"
#include "evidence/visit.hpp"
#include "profile/alternative.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace guise::evidence {

/// How far a client went, lowest first. A visit's outcome is the highest of its connections.
enum class Outcome {
    no_connection,       // no client connected
    not_tls,             // what came was no TLS
    negotiation_failed,  // it ended before our Certificate went out
    stalled,             // our Certificate went out, no Finished came, and the client did not end it either
    refused_alert,       // a fatal alert after our Certificate
    refused_close,       // closed after our Certificate, without a fatal alert
    refused_late,        // closed or alerted after Finished, nothing sent
    idle,                // Finished, then silence
    public_request,      // only requests that the profile lists as public
    data,                // bytes that are neither public requests nor the canary
    confidential         // the canary arrived, as it is, in base64, or by a proof derived from it
};
constexpr auto words(Outcome) {
    return std::to_array<std::string_view>({"no-connection", "not-tls", "negotiation-failed", "stalled",
                                            "refused-alert", "refused-close", "refused-late", "idle",
                                            "public-request", "data", "confidential"});
}

/// Why there is no decision to read, where that is somebody's fault.
enum class Trouble {
    none,
    environment,  // the client could not be started, or is misconfigured
    unsupported   // the client says that it cannot do this
};
constexpr auto words(Trouble) {
    return std::to_array<std::string_view>({"none", "environment", "unsupported"});
}

/// What the client did in one visit.
struct Observation {
    Outcome outcome = Outcome::no_connection;
    std::optional<profile::Decision> decision;  // none where the evidence does not say
    std::optional<profile::Final> final;        // how it ended; none where the evidence does not say
    std::optional<scenario::Answer> answer;     // what its user was let say; none where it did not ask
    std::optional<tls::Alert> alert;            // the client's last fatal alert
    bool canary_in_clear = false;               // the canary came outside TLS
    std::string canary_how;   // the form, and the place, in which it came; empty: as logins send it, or not
    bool plain_text = false;  // a connection spoke no TLS at all
    std::set<pki::Topic> asked;  // what it has asked, or let others ask, of the certificates
    int carried_from = 0;        // the earlier visit that opened a connection it went on over; 0: none did
    bool also_new = false;       // and it went on as far over one of this visit
    bool met_swap = false;       // it was shown what is shown after a swap
    Trouble trouble = Trouble::none;
    std::size_t connections = 0;
    std::size_t heartbeats = 0;   // that the client has sent, over all connections
    bool has_identity = false;    // the client could have sent a certificate of its own
    bool gave_identity = false;   // and did
    std::optional<int> died_of;   // the signal that ended the client after it saw a certificate
    bool server_stopped = false;  // the server stopped in the middle of a handshake, as its script has it
    std::vector<PromptRecord> prompts;
    std::vector<EventRecord> events;
    bool reports_events = false;   // whether an event of this client could have been seen
    bool reports_prompts = false;  // whether a question of this client would have been seen
    std::optional<Presented> presented;
    std::optional<int> exit_code;     // of the process: recorded, never asked for a verdict
    std::string exit_means;           // accepted | refused; empty where the exit code says neither
    bool refused_after_data = false;  // it sent data, and then ended as where it refuses
    std::string sentence;             // one plain sentence for a reader, without a full stop
};

/// How far one connection went. `public_requests` are the profile's ("METHOD glob").
[[nodiscard]] Outcome outcome_of(const tls::Transcript& connection, const std::string& canary,
                                 const std::vector<std::string>& public_requests);

/// Reads the evidence of one visit.
[[nodiscard]] Observation observe(const VisitEvidence& evidence,
                                  const std::vector<std::string>& public_requests);

/// Says in the sentence that the client sent data and then refused, and did not accept: other visits show
/// what its exit code means.
void tell_refusal_after_data(Observation& seen);

/// A signal in words, such as `Segmentation fault`.
[[nodiscard]] std::string signal_name(int signal);

/// Whether what the client showed is a question, and no mere message.
[[nodiscard]] bool is_question(const PromptRecord& prompt);

/// The last fatal alert that the client sent in this connection; null where it sent none.
[[nodiscard]] const tls::Alert* fatal_alert(const tls::Transcript& connection);

}  // namespace guise::evidence
