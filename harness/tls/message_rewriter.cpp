#include "tls/message_rewriter.hpp"

#include "tls/message_edit.hpp"
#include "tls/messages.hpp"
#include "tls/record_tap.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace guise::tls {

namespace {

// TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, and the anonymous suites with the same keys (RFC 8422 section 6).
constexpr std::uint16_t ecdsa_aes_256 = 0xC00A, anonymous_aes_256 = 0xC019, anonymous_aes_128 = 0xC018;
// RFC 8446 section 4.1.3: a server that could do TLS 1.3 and has negotiated 1.2.
constexpr std::string_view downgrade_mark = "DOWNGRD\x01";

bool is_server_hello(ByteView message) {
    return message.front() == server_hello_message && !is_hello_retry_request(message);
}

Record handshake(ByteView message) { return {handshake_record, {message.begin(), message.end()}}; }

std::uint8_t type_of(Milestone milestone, bool tls13) {
    switch (milestone) {
        case Milestone::server_hello:
            return server_hello_message;
        case Milestone::certificate:
            return certificate_message;
        case Milestone::proof:
            break;
    }
    return tls13 ? certificate_verify_message : server_key_exchange_message;
}

// The bytes of BoringSSL's messages that the client is not sent.
std::size_t hidden_octets(MutationKind kind, bool tls13) {
    if (tls13) return hidden_leaf_size + 5;  // its entry; 5: two lengths
    const std::size_t entry = hidden_leaf_size + 3;
    if (kind == MutationKind::empty_certificate) return entry;
    return entry + 7 + hidden_signature_size + 4;  // 7: the rest of the message; 4: scheme and length
}

// A ServerHello or EncryptedExtensions that has grown by so many bytes, which mean nothing.
Bytes longer_by(std::size_t room, ByteView message, bool tls13) {
    const std::size_t old = tls13 ? 0 : extension_size(message, point_formats);
    Bytes out = with_extension(message, filler_extension(room + old, tls13));
    const std::size_t excess = out.size() - message.size() - room;  // the length of a list that was not there
    return excess == 0 ? out : with_extension(message, filler_extension(room + old - excess, tls13));
}

}  // namespace

MessageRewriter::MessageRewriter(Mutation mutation, std::optional<std::uint16_t> scheme)
    : mutation_(std::move(mutation)), scheme_(scheme) {}

std::vector<Record> MessageRewriter::take(std::span<std::uint8_t> message, bool tls13) {
    if (stopped_ || message.empty() || !trouble_.empty()) return {};
    const bool milestone =
        message.front() == type_of(mutation_.after, tls13) && !is_hello_retry_request(message);
    std::vector<Record> sent = rewritten(message, tls13);
    shift(sent, message);
    if (mutation_.stops() && milestone) shown_ = stopped_ = true;
    return sent;
}

std::vector<Record> MessageRewriter::rewritten(std::span<std::uint8_t> message, bool tls13) {
    const std::uint8_t type = message.front();
    if (scheme_ && type == type_of(Milestone::proof, tls13)) {
        set_scheme(message, *scheme_);
        shown_ = true;
    }
    switch (mutation_.kind) {
        case MutationKind::empty_certificate:
        case MutationKind::no_certificate:
            return hidden(message, tls13);
        case MutationKind::early_cipher_change:
        case MutationKind::heartbeat:
            return inserted(message, tls13);
        case MutationKind::extension:
            return extended(message, tls13);
        default:
            mark(message);
            return {handshake(message)};
    }
}

// Changes that leave the message as long as it is, and those that BoringSSL has made.
void MessageRewriter::mark(std::span<std::uint8_t> message) {
    const std::uint8_t type = message.front();
    const bool certificate = type == certificate_message, compressed = type == compressed_certificate_message;
    if (mutation_.kind == MutationKind::corrupted_finished) {
        if (type != finished_message) return;
        message.back() ^= 1;
        shown_ = true;
    } else if (mutation_.kind == MutationKind::downgrade) {
        if (!is_server_hello(message)) return;
        shown_ = message.size() >= 38 && as_text(message.subspan(30, 8)) == downgrade_mark;
        if (!shown_) trouble_ = "a ServerHello without the mark of a downgrade";
    } else if (mutation_.kind >= MutationKind::compressed_too_long &&
               mutation_.kind <= MutationKind::compressed_garbage) {
        if (certificate) lacks("the client takes no compressed certificate (zlib)");
        shown_ = shown_ || compressed;
        // RFC 8879 section 4: the algorithm, the length in three bytes, what is compressed.
        if (compressed && mutation_.kind == MutationKind::compressed_too_long && message[8]-- == 0)
            --message[7];
    } else if (!mutation_.stops() && !scheme_) {
        shown_ = shown_ || certificate || compressed;
    }
}

void MessageRewriter::lacks(std::string what) {
    unfit_ = true;
    trouble_ = std::move(what);
}

std::vector<Record> MessageRewriter::hidden(ByteView message, bool tls13) {
    const std::uint8_t type = message.front();
    const bool anonymous = mutation_.kind == MutationKind::no_certificate;
    if (anonymous && tls13) trouble_ = "TLS 1.3 has no anonymous cipher suites";
    if (tls13 ? type == encrypted_extensions_message : is_server_hello(message)) {
        Bytes longer = longer_by(hidden_octets(mutation_.kind, tls13), message, tls13);
        const std::uint16_t suite = cipher_of_server_hello(message).value_or(0);
        if (anonymous) set_cipher(longer, suite == ecdsa_aes_256 ? anonymous_aes_256 : anonymous_aes_128);
        return {{handshake_record, std::move(longer)}};
    }
    if (type == certificate_message && anonymous) return {};
    if (type == certificate_message) {
        shown_ = true;
        return {{handshake_record, empty_certificate(tls13)}};
    }
    if (type != server_key_exchange_message || !anonymous) return {handshake(message)};
    shown_ = true;
    return {{handshake_record, without_signature(message)}};
}

std::vector<Record> MessageRewriter::inserted(ByteView message, bool tls13) {
    std::vector<Record> out{handshake(message)};
    if (!is_server_hello(message)) return out;
    if (tls13) trouble_ = "TLS 1.3 takes what TLS 1.2 does not";
    shown_ = true;
    if (mutation_.kind == MutationKind::early_cipher_change)
        out.push_back({change_cipher_spec_record, {1}});
    else  // RFC 6520 section 4: a request, the length of its payload, and no payload
        out.push_back({heartbeat_record, {1, 0x40, 0x00}});
    return out;
}

std::vector<Record> MessageRewriter::extended(ByteView message, bool tls13) {
    if (tls13 ? message.front() == encrypted_extensions_message : is_server_hello(message)) {
        shown_ = true;
        return {{handshake_record, with_extension(message, mutation_.octets)}};
    }
    if (message.front() != certificate_message) return {handshake(message)};
    return {{handshake_record, without_last_certificate(message, tls13)}};
}

// Hashed is what has been sent first.
void MessageRewriter::shift(const std::vector<Record>& sent, std::span<std::uint8_t> message) {
    const std::uint8_t type = message.front();
    for (const Record& record : sent)
        if (record.type == handshake_record)
            ahead_.insert(ahead_.end(), record.body.begin(), record.body.end());
    if (ahead_.size() < message.size()) {
        if (trouble_.empty()) trouble_ = "more is to be hashed than was sent";
        return;
    }
    const auto end = ahead_.begin() + static_cast<std::ptrdiff_t>(message.size());
    std::copy(ahead_.begin(), end, message.begin());
    ahead_.erase(ahead_.begin(), end);
    const bool settled =
        type == certificate_verify_message || type == server_hello_done_message || type == finished_message;
    if (settled && !ahead_.empty() && trouble_.empty()) trouble_ = "more was sent than is to be hashed";
}

}  // namespace guise::tls
