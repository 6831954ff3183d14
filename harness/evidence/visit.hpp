// What is known of one visit: what crossed the wire, then what the client did and said.
#pragma once

#include "evidence/asides.hpp"
#include "evidence/client_record.hpp"
#include "pki/inspect.hpp"
#include "pki/library.hpp"
#include "tls/transcript.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace guise::evidence {

/// What the client was really shown: its questions and events are checked against this.
struct Presented {
    std::string host;
    std::uint16_t port = 0;
    std::string issuer;       // as in RFC 4514
    std::string issuer_name;  // its common name
    bool self_signed = false;
    std::chrono::sys_seconds not_after;
    std::string sha1;  // of the leaf, hexadecimal digits
    std::string sha256;
    std::string subject{};  // as in RFC 4514; empty in records of old runs
};

/// The certificates that went on the wire, leaf first. Of what cannot be read only the SHA-256 is known.
using ShownChain = std::vector<pki::CertificateFacts>;

/// What is said of a certificate of the chain, and was fetched by HTTP.
struct Fetched {
    pki::Topic topic;
    std::string path;                // below the case's folder: `checked-leaf-0a1b2c3d.crl`
    std::chrono::milliseconds at{};  // since the visit began
};

/// The evidence of one visit. Plain values, so that a verdict can be made again from a file.
struct VisitEvidence {
    std::vector<tls::Transcript> connections;  // in the order of their ends
    ClientRecord client;
    std::string canary;                      // the secret that the client was given for this visit
    std::chrono::seconds client_deadline{};  // the deadline that the client was given
    bool has_identity = false;               // the client was given a certificate of its own
    bool adapter = false;                    // a command line written for us: exit 89 means unsupported
    std::optional<Presented> presented;      // none where the leaf cannot be read
    ShownChain chain;                        // that was shown; empty in records of old runs
    std::string swapped;                     // the label of what is shown after a swap; empty: nothing is
    ShownChain swapped_chain;                // that is shown then
    std::string first;                       // the label of what the first of several connections was shown
    std::vector<Fetched> fetched;            // by the client, or by someone for it
    std::vector<Aside> asides;               // with the canary, beside the connections
    std::vector<Said> said;                  // to others, canary or not; in memory alone: no record has it
};

}  // namespace guise::evidence
