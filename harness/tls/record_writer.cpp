#include "tls/record_writer.hpp"

#include "tls/record_tap.hpp"

#include <openssl/bytestring.h>
#include <openssl/digest.h>
#include <openssl/hkdf.h>
#include <openssl/nid.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace guise::tls {

namespace {

constexpr std::uint8_t application_data_record = 23;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t sequence_size = 8;
constexpr std::size_t tag_size = 16;

const EVP_AEAD* aead_of(const SSL_CIPHER& cipher) {
    switch (SSL_CIPHER_get_cipher_nid(&cipher)) {
        case NID_aes_128_gcm:
            return EVP_aead_aes_128_gcm();
        case NID_aes_256_gcm:
            return EVP_aead_aes_256_gcm();
        case NID_chacha20_poly1305:
            return EVP_aead_chacha20_poly1305();
        default:
            return nullptr;
    }
}

// HKDF-Expand-Label without a context (RFC 8446 section 7.1).
std::optional<Bytes> expand(const EVP_MD* digest, ByteView secret, std::string_view label, std::size_t size) {
    const std::string full = "tls13 " + std::string(label);
    Bytes info{static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size),
               static_cast<std::uint8_t>(full.size())};
    info.insert(info.end(), full.begin(), full.end());
    info.push_back(0);
    Bytes out(size);
    if (!HKDF_expand(out.data(), size, digest, secret.data(), secret.size(), info.data(), info.size()))
        return std::nullopt;
    return out;
}

std::array<std::uint8_t, sequence_size> octets_of(std::uint64_t number) {
    std::array<std::uint8_t, sequence_size> out{};
    for (std::size_t i = 0; i < sequence_size; ++i)
        out[i] = static_cast<std::uint8_t>(number >> 8 * (sequence_size - 1 - i));
    return out;
}

// A salt of four bytes is followed by an explicit nonce, which is our sequence number (RFC 5288 section 3);
// an IV of twelve is combined with it (RFC 8446 section 5.3, RFC 7905 section 2).
Bytes nonce_of(const Bytes& iv, std::uint64_t sequence) {
    const auto number = octets_of(sequence);
    Bytes out = iv;
    out.resize(nonce_size, 0);
    for (std::size_t i = 0; i < sequence_size; ++i) out[nonce_size - sequence_size + i] ^= number[i];
    return out;
}

void put_header(std::uint8_t type, std::size_t size, Bytes& out) {
    out.insert(out.end(),
               {type, 3, 3, static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)});
}

}  // namespace

std::optional<SealKeys> keys_from_secret(const SSL_CIPHER& cipher, ByteView secret) {
    const EVP_AEAD* aead = aead_of(cipher);
    const EVP_MD* digest = EVP_get_digestbynid(SSL_CIPHER_get_prf_nid(&cipher));
    if (!aead || !digest) return std::nullopt;
    auto key = expand(digest, secret, "key", EVP_AEAD_key_length(aead));
    auto iv = expand(digest, secret, "iv", nonce_size);
    if (!key || !iv) return std::nullopt;
    return SealKeys{aead, std::move(*key), std::move(*iv), true};
}

std::optional<SealKeys> keys_from_block(const SSL_CIPHER& cipher, ByteView block) {
    const EVP_AEAD* aead = aead_of(cipher);
    if (!aead) return std::nullopt;
    const bool chacha = SSL_CIPHER_get_cipher_nid(&cipher) == NID_chacha20_poly1305;
    const std::size_t key_size = EVP_AEAD_key_length(aead), iv_size = chacha ? nonce_size : 4;
    if (block.size() < 2 * (key_size + iv_size)) return std::nullopt;
    const ByteView key = block.subspan(key_size, key_size);
    const ByteView iv = block.subspan(2 * key_size + iv_size, iv_size);
    return SealKeys{aead, Bytes(key.begin(), key.end()), Bytes(iv.begin(), iv.end()), false};
}

void RecordWriter::seal_with(SealKeys keys) {
    context_.Reset();
    keys_ = std::move(keys);
    sequence_ = 0;
    if (!EVP_AEAD_CTX_init(context_.get(), keys_->aead, keys_->key.data(), keys_->key.size(), tag_size,
                           nullptr))
        context_.Reset();
}

bool RecordWriter::write(const Record& record, std::size_t most, Bytes& out) {
    const bool clear = !keys_ || (keys_->tls13 && record.type == change_cipher_spec_record);
    for (ByteView rest = record.body; !rest.empty();) {
        const ByteView part = rest.first(std::min(most, rest.size()));
        rest = rest.subspan(part.size());
        if (!clear) {
            if (!write_sealed(record.type, part, out)) return false;
            continue;
        }
        put_header(record.type, part.size(), out);
        out.insert(out.end(), part.begin(), part.end());
    }
    return true;
}

// RFC 8446 section 5.2: the real type goes inside, and the header is what is authenticated besides. RFC 5246
// section 6.2.3.3: the sequence number and the header with the length of the plaintext are.
bool RecordWriter::write_sealed(std::uint8_t type, ByteView part, Bytes& out) {
    const bool explicit_nonce = keys_->iv.size() < nonce_size;
    const Bytes nonce = nonce_of(keys_->iv, sequence_);
    const auto number = octets_of(sequence_++);
    Bytes inner(part.begin(), part.end()), header, bound;
    if (keys_->tls13) {
        inner.push_back(type);
        put_header(application_data_record, inner.size() + tag_size, header);
        bound = header;
    } else {
        put_header(type, part.size() + tag_size + (explicit_nonce ? sequence_size : 0), header);
        bound.assign(number.begin(), number.end());
        put_header(type, part.size(), bound);
    }
    Bytes sealed(inner.size() + tag_size);
    std::size_t size = 0;
    if (!EVP_AEAD_CTX_seal(context_.get(), sealed.data(), &size, sealed.size(), nonce.data(), nonce.size(),
                           inner.data(), inner.size(), bound.data(), bound.size()))
        return false;
    out.insert(out.end(), header.begin(), header.end());
    if (explicit_nonce) out.insert(out.end(), number.begin(), number.end());
    out.insert(out.end(), sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(size));
    return true;
}

}  // namespace guise::tls
