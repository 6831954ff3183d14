// A key that is not the leaf's, or a signature with a bit flipped: the server cannot prove that it owns the
// certificate. A client that does not check this can be intercepted with any copied certificate.
#include "tls/signer.hpp"

#include "tls/session.hpp"

#include <openssl/digest.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>

namespace guise::tls {

namespace {

ssl_private_key_result_t sign_wrongly(SSL* ssl, std::uint8_t* out, std::size_t* out_size, std::size_t room,
                                      std::uint16_t scheme, const std::uint8_t* in,
                                      std::size_t in_size) noexcept {
    const Presentation& shown = *Session::of(ssl).shown;
    const bool other = shown.signature == SignatureFault::wrong_key;
    EVP_PKEY* key = other ? shown.other_key.get() : shown.key.get();
    auto signature = key ? sign(*key, scheme, {in, in_size}) : std::nullopt;
    if (!signature || signature->empty() || signature->size() > room) return ssl_private_key_failure;
    // The last octet: a flip there leaves an ECDSA signature well-formed.
    if (shown.signature == SignatureFault::corrupted) signature->back() ^= 1;
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
