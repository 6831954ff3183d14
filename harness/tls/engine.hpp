// A TLS server without a socket: bytes in, bytes out, and a transcript of what was said.
//
// The caller owns the transport and the clock. It hands over what arrived, sends what `take_output` gives,
// and tells how the transport ended. A record tap reads every record of the client before BoringSSL does:
// OpenSSL-based clients send their TLS 1.3 refusal in clear, and BoringSSL answers it with bad_record_mac and
// reports nothing. What we send is written down by BoringSSL's callbacks, which see all of it.
#pragma once

#include "base/bytes.hpp"
#include "tls/presentation.hpp"
#include "tls/transcript.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace guise::tls {

/// Chooses what to show from what the client offered. Null: nothing is shown, the client gets
/// unrecognized_name (112). It is called inside the handshake and must not throw.
using Choose = std::function<std::shared_ptr<const Presentation>(const ClientHello&)>;

/// The time since the connection was accepted. Injected, so that tests have a clock of their own.
using Elapsed = std::function<std::chrono::microseconds()>;

/// One server side of one connection.
///
/// Threads: distinct objects are safe, one shared object is not.
class Engine final {
 public:
    Engine(Choose choose, Elapsed elapsed);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Bytes from the client, in any cut. After a failure or an end they are recorded and not interpreted.
    void receive(ByteView bytes);
    /// Bytes for the client since the last call, in order; empty where there is nothing to send.
    [[nodiscard]] Bytes take_output();
    /// Encrypts application data for the client. Does nothing before `finished()`.
    void send(ByteView plaintext);
    /// Sends close_notify where the state allows one.
    void close_notify();
    /// The transport has ended; the first call counts.
    void ended(Ending how);

    /// Decrypted bytes from the client since the last call.
    [[nodiscard]] std::string take_plaintext();
    /// The handshake is complete: the client's Finished has been verified.
    [[nodiscard]] bool finished() const noexcept;
    /// Nothing more can be said: a fatal alert, a failure, or what came was no TLS. The caller reads on to
    /// the client's end (late alerts arrive then), and sends what `take_output` still holds.
    [[nodiscard]] bool dead() const noexcept;
    /// `dead` by a failure on this side: no alert of the client came before it, and what came was TLS.
    [[nodiscard]] bool failed() const noexcept;
    /// How the server ends it, where its script stops it in the middle of the handshake: `stall`, `reset` or
    /// `close`; else `none`. What `take_output` holds is still to be sent.
    [[nodiscard]] MutationKind stopped() const noexcept;
    /// What has happened so far.
    [[nodiscard]] const Transcript& transcript() const noexcept;
    /// For the caller's own facts: `peer`.
    [[nodiscard]] Transcript& transcript() noexcept;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace guise::tls
