// What BoringSSL's callbacks of one connection work on, and what they write down.
#pragma once

#include "tls/engine.hpp"
#include "tls/handshake_mutator.hpp"
#include "tls/leaf_swap.hpp"

#include <openssl/ssl.h>

namespace guise::tls {

/// The memory of one connection.
///
/// Lifetime: must outlive the SSL that it is attached to, and must not move.
struct Session {
    Choose choose;
    Elapsed elapsed;
    Transcript transcript;
    std::shared_ptr<const Presentation> shown;
    LeafSwap leaf;
    std::unique_ptr<HandshakeMutator>
        mutator;  // where the handshake has a mutation that BoringSSL would not make
    std::vector<std::span<std::uint8_t>> hidden_versions;  // of the ClientHello, until BoringSSL has chosen
    bool server_hello_written = false;                     // a real one, no HelloRetryRequest
    bool certificate_written = false;                      // to BoringSSL's buffer, not yet to the wire
    bool client_refused = false;  // a received alert ended the handshake or the connection

    /// Makes this the session of `ssl`.
    void attach(SSL& ssl);
    /// The session that was attached to `ssl`.
    static Session& of(const SSL* ssl) noexcept;

    /// Writes down a whole handshake message of the client.
    void received(ByteView message);
    /// Writes down what BoringSSL says, or what is said in its place, and swaps the leaf when its moment has
    /// come. BoringSSL has copied the message for the wire and will hash it next; a mutator may change it.
    void sent(const SSL& ssl, std::span<std::uint8_t> message);
    /// Writes down an alert.
    void alert(Direction direction, std::uint8_t level, std::uint8_t description, bool in_clear);
    /// Writes down a step. Application data in a row in one direction is one step.
    void step(Direction direction, std::string what, std::size_t bytes);
    /// Writes down why the engine failed; the first reason counts.
    void fail(std::string why);

 private:
    void said(const SSL& ssl, ByteView message);
};

}  // namespace guise::tls
