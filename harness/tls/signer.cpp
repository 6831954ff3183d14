// A key that is not the leaf's, a signature with a bit flipped, one of zeros: the server cannot prove that it
// owns the certificate. A client that does not check this can be intercepted with any copied certificate. The
// false schemes are made with the right key and are right in themselves: what is wrong is that the client did
// not offer them, or that they are not for such a key.
#include "tls/signer.hpp"

#include "tls/message_rewriter.hpp"
#include "tls/session.hpp"

#include <openssl/digest.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>

namespace guise::tls {

namespace {

// The signature over a hash that no scheme of today has.
std::optional<Bytes> sign_hash(EVP_PKEY& key, const EVP_MD* digest, ByteView input) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> hash{};
    unsigned hash_size = 0;
    const bssl::UniquePtr<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(&key, nullptr));
    const bool rsa = EVP_PKEY_id(&key) == EVP_PKEY_RSA;
    if (!context || !EVP_Digest(input.data(), input.size(), hash.data(), &hash_size, digest, nullptr) ||
        !EVP_PKEY_sign_init(context.get()) || (rsa && !EVP_PKEY_CTX_set_signature_md(context.get(), digest)))
        return std::nullopt;
    std::size_t size = 0;
    if (!EVP_PKEY_sign(context.get(), nullptr, &size, hash.data(), hash_size)) return std::nullopt;
    Bytes out(size);
    if (!EVP_PKEY_sign(context.get(), out.data(), &size, hash.data(), hash_size)) return std::nullopt;
    out.resize(size);
    return out;
}

std::optional<Bytes> wrong_signature(const Presentation& shown, std::uint16_t scheme, ByteView input) {
    if (shown.mutation.kind == MutationKind::no_certificate) return Bytes(hidden_signature_size, 0);
    const bool other = shown.signature == SignatureFault::wrong_key;
    EVP_PKEY* key = other ? shown.other_key.get() : shown.key.get();
    if (!key) return std::nullopt;
    switch (shown.signature) {
        case SignatureFault::zero:
            return Bytes{0x30, 6, 2, 1, 0, 2, 1, 0};
        case SignatureFault::empty:
            return Bytes();
        case SignatureFault::md5:
            return sign_hash(*key, EVP_md5(), input);
        case SignatureFault::sha1:
            return sign_hash(*key, EVP_sha1(), input);
        default:
            break;
    }
    auto out = sign(*key, scheme, input);
    if (!out || out->empty()) return std::nullopt;
    // The last byte: a flip there leaves an ECDSA signature well-formed.
    if (shown.signature == SignatureFault::corrupted) out->back() ^= 1;
    return out;
}

ssl_private_key_result_t sign_wrongly(SSL* ssl, std::uint8_t* out, std::size_t* out_size, std::size_t room,
                                      std::uint16_t scheme, const std::uint8_t* in,
                                      std::size_t in_size) noexcept {
    const auto signature = wrong_signature(*Session::of(ssl).shown, scheme, {in, in_size});
    if (!signature || signature->size() > room) return ssl_private_key_failure;
    std::ranges::copy(*signature, out);
    *out_size = signature->size();
    return ssl_private_key_success;
}

// Only for RSA key exchange, which has no signature that could be wrong and is not offered with a fault.
ssl_private_key_result_t refuse_to_decrypt(SSL*, std::uint8_t*, std::size_t*, std::size_t,
                                           const std::uint8_t*, std::size_t) noexcept {
    return ssl_private_key_failure;
}

// `sign_wrongly` is always done at once.
ssl_private_key_result_t nothing_to_complete(SSL*, std::uint8_t*, std::size_t*, std::size_t) noexcept {
    return ssl_private_key_failure;
}

}  // namespace

const SSL_PRIVATE_KEY_METHOD& faulty_signer() noexcept {
    static constexpr SSL_PRIVATE_KEY_METHOD method{sign_wrongly, refuse_to_decrypt, nothing_to_complete};
    return method;
}

std::optional<std::uint16_t> false_scheme(SignatureFault fault, const EVP_PKEY& key) noexcept {
    const bool rsa = EVP_PKEY_id(&key) == EVP_PKEY_RSA;
    switch (fault) {  // RFC 5246 section 7.4.1.4.1, RFC 8446 section 4.2.3
        case SignatureFault::md5:
            return rsa ? 0x0101 : 0x0103;
        case SignatureFault::sha1:
            return rsa ? 0x0201 : 0x0203;
        case SignatureFault::other_type:
            return rsa ? SSL_SIGN_ECDSA_SECP256R1_SHA256 : SSL_SIGN_RSA_PSS_RSAE_SHA256;
        default:
            return std::nullopt;
    }
}

std::optional<Bytes> sign(EVP_PKEY& key, std::uint16_t scheme, ByteView input) {
    bssl::ScopedEVP_MD_CTX context;
    EVP_PKEY_CTX* parameters = nullptr;                                 // owned by the context
    const EVP_MD* digest = SSL_get_signature_algorithm_digest(scheme);  // null for Ed25519
    if (!EVP_DigestSignInit(context.get(), &parameters, digest, nullptr, &key)) return std::nullopt;
    if (SSL_is_signature_algorithm_rsa_pss(scheme) &&
        (!EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) ||
         !EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, -1)))  // -1: as long as the digest
        return std::nullopt;
    std::size_t size = 0;
    if (!EVP_DigestSign(context.get(), nullptr, &size, input.data(), input.size())) return std::nullopt;
    Bytes signature(size);
    if (!EVP_DigestSign(context.get(), signature.data(), &size, input.data(), input.size()))
        return std::nullopt;
    signature.resize(size);
    return signature;
}

}  // namespace guise::tls
