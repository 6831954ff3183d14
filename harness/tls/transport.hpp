// What carries a conversation over a stream: bytes of the wire go in and come out, and data is in between.
//
// Plain text, TLS, and TLS inside TLS are transports. None has a socket or a clock: the caller hands over
// what arrived, sends what `take_output` gives, and reports how the connection ended.
#pragma once

#include "base/bytes.hpp"
#include "tls/mutation.hpp"
#include "tls/transcript.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace guise::tls {

/// The time since the connection was accepted. Injected, so that tests have a clock of their own.
using Elapsed = std::function<std::chrono::microseconds()>;

/// The server's side of one connection.
///
/// Threads: distinct objects are safe, one shared object is not.
class Transport {
 public:
    Transport() = default;
    virtual ~Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    /// Bytes from the client, in any cut. After a failure or an end they are recorded and not interpreted.
    virtual void receive(ByteView bytes) = 0;
    /// Bytes for the client since the last call, in order; empty where there is nothing to send.
    [[nodiscard]] virtual Bytes take_output() = 0;
    /// Carries data to the client. Does nothing before `finished()`.
    virtual void send(ByteView data) = 0;
    /// Tells the client that no more data comes, where the transport has a message for that (close_notify).
    virtual void close_notify() = 0;
    /// The connection has ended; the first call counts.
    virtual void ended(Ending how) = 0;

    /// Data from the client since the last call.
    [[nodiscard]] virtual std::string take_plaintext() = 0;
    /// Data is encrypted.
    [[nodiscard]] virtual bool secured() const noexcept = 0;
    /// Data can be carried: there is no handshake, or the client's Finished has been verified.
    [[nodiscard]] virtual bool finished() const noexcept = 0;
    /// Nothing more can be said. The caller reads on to the client's end (late alerts arrive then), and sends
    /// what `take_output` still holds.
    [[nodiscard]] virtual bool dead() const noexcept = 0;
    /// `dead` by a failure on this side.
    [[nodiscard]] virtual bool failed() const noexcept = 0;
    /// How the server ends it, where its script stops it in the middle of the handshake: `stall`, `reset` or
    /// `close`; else `none`. What `take_output` holds is still to be sent.
    [[nodiscard]] virtual MutationKind stopped() const noexcept = 0;
    /// What `take_output` gives is to be sent in pieces, with a pause before each.
    [[nodiscard]] virtual bool slow() const noexcept { return false; }
    /// What has happened so far.
    [[nodiscard]] virtual const Transcript& transcript() const noexcept = 0;
    /// For the caller's own facts: `peer`, `began`.
    [[nodiscard]] virtual Transcript& transcript() noexcept = 0;
};

}  // namespace guise::tls
