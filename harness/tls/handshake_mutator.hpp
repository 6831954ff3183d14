// Takes the first words of the server out of BoringSSL's hands: what BoringSSL has written is thrown away,
// and the rewritten messages are written instead, in records of our own, until the handshake's part of a
// flight is over. From then on BoringSSL's records pass as they are.
//
// The records of TLS 1.3 are sealed with the handshake's keys, which end with the server's Finished: so their
// number is ours to choose. In TLS 1.2 all messages but Finished are in clear; only a Finished that is to be
// wrong is written here, as the one record before BoringSSL's next.
#pragma once

#include "tls/message_rewriter.hpp"
#include "tls/presentation.hpp"

#include <openssl/ssl.h>

#include <string>
#include <string_view>
#include <vector>

namespace guise::tls {

/// Whether the handshake of a presentation is one that BoringSSL would not make.
[[nodiscard]] bool needs_mutator(const Presentation& presentation) noexcept;

/// The forging of one connection.
class HandshakeMutator final {
 public:
    explicit HandshakeMutator(const Presentation& presentation);

    /// A line of the key log (`SERVER_HANDSHAKE_TRAFFIC_SECRET <random> <secret>`).
    void log_key(std::string_view line);
    /// A message that BoringSSL has written and is about to hash; it becomes what is to be hashed. Returns
    /// what goes on the wire for it.
    [[nodiscard]] std::vector<Record> message(std::span<std::uint8_t> message, bool tls13);
    /// Another record that BoringSSL has written: a ChangeCipherSpec, an alert.
    void record(std::uint8_t type, ByteView body);
    /// The client does not offer what the mutation needs.
    void lacks(std::string what) { rewriter_.lacks(std::move(what)); }
    /// What goes on the wire for what BoringSSL has written since the last call; nothing where that cannot be
    /// made, and `trouble` says why.
    [[nodiscard]] std::optional<Bytes> output(const SSL& ssl, ByteView written);

    [[nodiscard]] bool shown() const noexcept { return rewriter_.shown(); }
    [[nodiscard]] bool stopped() const noexcept { return rewriter_.stopped(); }
    [[nodiscard]] const std::string& trouble() const noexcept { return trouble_; }
    /// It cannot be made because of what the client offers.
    [[nodiscard]] bool unfit() const noexcept { return rewriter_.unfit(); }

 private:
    struct Item {
        Record record;
        bool sealed = false;
    };
    [[nodiscard]] std::optional<SealKeys> keys(const SSL& ssl) const;
    [[nodiscard]] std::optional<Bytes> fail(std::string why);

    MutationKind kind_;
    MessageRewriter rewriter_;
    RecordWriter writer_;
    std::vector<Item> waiting_;
    Bytes secret_;  // of the server's handshake traffic
    bool sealing_ = false;
    bool has_keys_ = false;
    bool over_ = false;     // with what is waiting
    bool passing_ = false;  // BoringSSL's records pass
    std::string trouble_;
};

}  // namespace guise::tls
