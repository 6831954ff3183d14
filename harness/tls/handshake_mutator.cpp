#include "tls/handshake_mutator.hpp"

#include "tls/messages.hpp"
#include "tls/record_tap.hpp"
#include "tls/signer.hpp"

#include <utility>

namespace guise::tls {

namespace {

constexpr std::size_t longest_part = 1 << 14;  // RFC 8446 section 5.1

std::optional<std::uint16_t> scheme_said(const Presentation& presentation) {
    return presentation.key ? false_scheme(presentation.signature, *presentation.key) : std::nullopt;
}

}  // namespace

bool needs_mutator(const Presentation& presentation) noexcept {
    switch (presentation.mutation.kind) {
        case MutationKind::none:
        case MutationKind::large_certificate:
        case MutationKind::client_certificate:
        case MutationKind::slow:
        case MutationKind::slow_answers:
            return scheme_said(presentation).has_value();
        default:
            return true;
    }
}

HandshakeMutator::HandshakeMutator(const Presentation& presentation)
    : kind_(presentation.mutation.kind), rewriter_(presentation.mutation, scheme_said(presentation)) {}

void HandshakeMutator::log_key(std::string_view line) {
    if (!line.starts_with("SERVER_HANDSHAKE_TRAFFIC_SECRET ")) return;
    secret_ = from_hex(line.substr(line.rfind(' ') + 1)).value_or(Bytes());
}

std::vector<Record> HandshakeMutator::message(std::span<std::uint8_t> message, bool tls13) {
    if (passing_ || message.empty()) return {{handshake_record, {message.begin(), message.end()}}};
    const std::uint8_t type = message.front();
    std::vector<Record> sent = rewriter_.take(message, tls13);
    for (const Record& record : sent)
        waiting_.push_back({record, sealing_ && record.type == handshake_record});
    if (type == server_hello_message && tls13) sealing_ = !is_hello_retry_request(message);
    const bool last_in_clear =
        !tls13 && kind_ != MutationKind::corrupted_finished && type == server_hello_done_message;
    over_ = type == finished_message || last_in_clear;
    return sent;
}

void HandshakeMutator::record(std::uint8_t type, ByteView body) {
    if (passing_ || stopped()) return;
    const bool change = type == change_cipher_spec_record;
    waiting_.push_back({{type, {body.begin(), body.end()}}, sealing_ && !change});
    // In TLS 1.3 it has no meaning, and sealing has begun before it.
    if (change && secret_.empty()) sealing_ = true;
}

std::optional<Bytes> HandshakeMutator::output(const SSL& ssl, ByteView written) {
    if (passing_) return Bytes(written.begin(), written.end());
    if (!rewriter_.trouble().empty()) return fail(rewriter_.trouble());
    Bytes out;
    const std::size_t most = kind_ == MutationKind::one_octet_records ? 1 : longest_part;
    for (const Item& item : std::exchange(waiting_, {})) {
        if (item.sealed && !has_keys_) {
            auto found = keys(ssl);
            if (!found) return fail("no keys to seal a record with");
            writer_.seal_with(std::move(*found));
            has_keys_ = true;
        }
        if (!writer_.write(item.record, most, out)) return fail("a record could not be sealed");
    }
    passing_ = over_ && !stopped();
    return out;
}

std::optional<SealKeys> HandshakeMutator::keys(const SSL& ssl) const {
    const SSL_CIPHER* cipher = SSL_get_pending_cipher(&ssl);
    if (!cipher) cipher = SSL_get_current_cipher(&ssl);
    if (!cipher) return std::nullopt;
    if (!secret_.empty()) return keys_from_secret(*cipher, secret_);
    Bytes block(SSL_get_key_block_len(&ssl));
    if (block.empty() || !SSL_generate_key_block(&ssl, block.data(), block.size())) return std::nullopt;
    return keys_from_block(*cipher, block);
}

std::optional<Bytes> HandshakeMutator::fail(std::string why) {
    if (trouble_.empty()) trouble_ = std::move(why);
    return std::nullopt;
}

}  // namespace guise::tls
