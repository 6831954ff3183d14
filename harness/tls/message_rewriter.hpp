// Rewrites the server's handshake messages on their way from BoringSSL to the wire.
//
// Both sides hash what is said, and everything after it, signature, Finished and keys, follows from that
// hash. If the client received bytes other than BoringSSL has hashed, the next check would fail whatever
// the client thinks of the fault, and no client could be seen to accept it. So each message is given to
// `take` after BoringSSL has copied it for the wire and before it hashes it, and comes back with the bytes
// that the client will hash. Only their number is fixed, message by message. Where a message is to be longer
// or shorter than BoringSSL's, the bytes are shifted: what is sent first is hashed in the room of later
// messages. So the first of them to change must become longer, and the last must make up for it. In TLS 1.3
// nothing can be shifted past the ServerHello or the Certificate, because keys and signature are made there.
#pragma once

#include "tls/mutation.hpp"
#include "tls/record_writer.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace guise::tls {

/// The size of the leaf that stands in for the certificates where the client is shown none.
inline constexpr std::size_t hidden_leaf_size = 151;
/// The size of the signature that an anonymous handshake leaves out.
inline constexpr std::size_t hidden_signature_size = 64;

/// The rewriting of one handshake.
class MessageRewriter final {
 public:
    /// `scheme`: what CertificateVerify or ServerKeyExchange say they are signed with; nothing: the truth.
    MessageRewriter(Mutation mutation, std::optional<std::uint16_t> scheme);

    /// Takes a whole message of BoringSSL's and returns what goes on the wire in its place. The message
    /// becomes what is to be hashed in its place. Nothing is returned after the last message of a server that
    /// stops.
    [[nodiscard]] std::vector<Record> take(std::span<std::uint8_t> message, bool tls13);

    /// The client does not offer what the mutation needs: nothing is sent from here on.
    void lacks(std::string what);

    /// What is out of the ordinary has been among the results.
    [[nodiscard]] bool shown() const noexcept { return shown_; }
    /// The server says no more, as its mutation has it.
    [[nodiscard]] bool stopped() const noexcept { return stopped_; }
    /// Why this handshake cannot be given its mutation; empty while it can.
    [[nodiscard]] const std::string& trouble() const noexcept { return trouble_; }
    /// That is so because of what the client offers.
    [[nodiscard]] bool unfit() const noexcept { return unfit_; }

 private:
    std::vector<Record> rewritten(std::span<std::uint8_t> message, bool tls13);
    std::vector<Record> hidden(ByteView message, bool tls13);
    std::vector<Record> inserted(ByteView message, bool tls13);
    std::vector<Record> extended(ByteView message, bool tls13);
    void mark(std::span<std::uint8_t> message);
    void shift(const std::vector<Record>& sent, std::span<std::uint8_t> message);

    Mutation mutation_;
    std::optional<std::uint16_t> scheme_;
    Bytes ahead_;  // sent, and not hashed yet
    bool shown_ = false;
    bool stopped_ = false;
    bool unfit_ = false;
    std::string trouble_;
};

}  // namespace guise::tls
