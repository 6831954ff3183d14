// What crossed the wire in one connection: plain values, kept for the judge and for the reports.
#pragma once

#include "base/bytes.hpp"
#include "base/words.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace guise::tls {

/// Who sent it.
enum class Direction { received, sent };  // by the server, from the client and to it
constexpr auto words(Direction) { return std::to_array<std::string_view>({"received", "sent"}); }

/// A TLS alert (RFC 8446 section 6).
struct Alert {
    Direction direction = Direction::received;
    std::uint8_t level = 0;        // 1 warning, 2 fatal
    std::uint8_t description = 0;  // 48 = unknown_ca
    bool in_clear = false;  // an unencrypted record after the encryption began: seen by the record tap alone
    std::chrono::microseconds at{};
};

/// The field's name of an alert description, `unknown_ca`; `alert_200` for a number without one.
[[nodiscard]] std::string alert_name(std::uint8_t description);

/// How the connection ended.
enum class Ending {
    open,            // it has not
    client_closed,   // the client's FIN came first
    client_reset,    // the client's RST came first
    server_closed,   // the server closed after it had answered, or had received enough of what is no TLS
    deadline,        // the server's deadline ran out, or the harness closed it
    failed,          // the server gave up: TLS failed on its side, however the client then closed
    server_stopped,  // the server stopped in the middle of the handshake, as its script has it
    unfit            // the client does not offer what the server's mutation needs: nothing was shown to it
};
constexpr auto words(Ending) {
    return std::to_array<std::string_view>({"open", "client-closed", "client-reset", "server-closed",
                                            "deadline", "failed", "server-stopped", "unfit"});
}

/// What the client offered (RFC 8446 section 4.1.2), in the order of the message, GREASE left out of nothing.
struct ClientHello {
    std::string server_name;  // SNI; empty where absent
    std::vector<std::string> alpn;
    std::vector<std::uint16_t> versions;  // supported_versions, else the legacy version alone
    std::vector<std::uint16_t> cipher_suites;
    std::vector<std::uint16_t> groups;
    std::vector<std::uint16_t> signature_schemes;
    std::vector<std::uint16_t> extensions;
    bool offers_resumption = false;  // pre_shared_key, or a non-empty session ticket
};

/// A step of the connection with its time, for the picture of the conversation: `ClientHello`, `Certificate`,
/// `Finished` …
struct Step {
    Direction direction = Direction::received;
    std::string what;
    std::uint64_t bytes = 0;
    std::chrono::microseconds at{};
};

/// One connection, from accept to end. Times count from the accept.
struct Transcript {
    static constexpr std::size_t most_kept = 65'536;  // of each of its texts
    int visit = 0;  // the number of the visit it was accepted in; in records 0 for the visit of the record
    std::string presented;  // the label of the presentation that was shown; empty before it was chosen
    std::optional<ClientHello> hello;  // once it was complete and well-formed
    std::string hello_octets;          // the first one's body, in memory alone: no record has it
    std::string hello_secret;          // how it holds the canary; empty where it does not
    bool speaks_tls = false;           // the first bytes began a TLS record of a handshake
    bool certificate_sent = false;     // our Certificate message went out, or what stands in its place
    bool finished = false;             // the client's Finished was received and verified
    std::string version;               // negotiated: `TLSv1.3`; empty before the ServerHello
    std::string cipher;                // negotiated, IANA name
    std::string group;                 // of the key exchange: `X25519`; empty before the end of the handshake
    bool resumed = false;
    std::vector<Alert> alerts;  // both directions, in order
    std::vector<Step> steps;
    Ending ending = Ending::open;
    bool close_notify = false;   // the client said it was done before it closed
    std::uint64_t bytes_in = 0;  // on the wire
    std::uint64_t bytes_out = 0;
    std::string application;              // decrypted data from the client, the beginning
    std::string application_secret;       // how it holds the canary, where runs were compared; else empty
    std::uint64_t application_bytes = 0;  // all of it
    std::string clear;                    // what came outside of TLS, the beginning
    std::string clear_secret;             // how it holds the canary, where runs were compared; else empty
    std::string client_certificate;  // SHA-256 of the one that the client sent and proved, hexadecimal digits
    bool secret_proven = false;      // a login proof derived from the canary arrived (a digest, a token)
    std::string error;               // the engine's own words when it failed; never used for a verdict
    std::string peer;                // address:port of the client
    std::chrono::microseconds began{};  // its accept, since the visit began
    std::chrono::microseconds lasted{};

    /// What is known of the connection goes on into the next visit, and what it carried stays behind.
    void begin_visit();
};

}  // namespace guise::tls
