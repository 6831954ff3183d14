#include "pki/signature.hpp"

#include "pki/der.hpp"
#include "pki/digest.hpp"

#include <fmt/format.h>
#include <openssl/digest.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/md4.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace guise::pki {

namespace {

enum class Family { ec, rsa, ed25519 };

Family family(Algorithm key) {
    switch (key) {
        case Algorithm::p256:
        case Algorithm::p384:
        case Algorithm::p521:
            return Family::ec;
        case Algorithm::ed25519:
            return Family::ed25519;
        default:
            return Family::rsa;
    }
}

// RSASSA-PSS-params of RFC 4055 3.1: SHA-256, MGF1 with SHA-256, 32 bytes of salt.
constexpr std::string_view pss_sha256 =
    "3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500"
    "a203020120";

struct Row {
    Family family;
    std::string_view oid;
    std::string_view parameters;  // hex of the element that follows the identifier
    const EVP_MD* (*hash)();
};

// In the order of the enum.
const Row& row(SignatureAlgorithm signature) {
    static const auto rows =
        std::to_array<Row>({{Family::ec, "1.2.840.10045.4.1", "", EVP_sha1},
                            {Family::ec, "1.2.840.10045.4.3.2", "", EVP_sha256},
                            {Family::ec, "1.2.840.10045.4.3.3", "", EVP_sha384},
                            {Family::ec, "1.2.840.10045.4.3.4", "", EVP_sha512},
                            {Family::rsa, "1.2.840.113549.1.1.3", "0500", EVP_md4},
                            {Family::rsa, "1.2.840.113549.1.1.4", "0500", EVP_md5},
                            {Family::rsa, "1.2.840.113549.1.1.5", "0500", EVP_sha1},
                            {Family::rsa, "1.2.840.113549.1.1.11", "0500", EVP_sha256},
                            {Family::rsa, "1.2.840.113549.1.1.12", "0500", EVP_sha384},
                            {Family::rsa, "1.2.840.113549.1.1.13", "0500", EVP_sha512},
                            {Family::rsa, "1.2.840.113549.1.1.10", pss_sha256, EVP_sha256},
                            {Family::ed25519, "1.3.101.112", "", nullptr},
                            {Family::rsa, "1.2.840.113549.1.1.11", "0500", EVP_sha256}});
    static_assert(rows.size() == words(SignatureAlgorithm{}).size());
    return rows[static_cast<std::size_t>(signature)];
}

bool set_padding(EVP_PKEY_CTX* options, SignatureAlgorithm signature) {
    if (signature != SignatureAlgorithm::rsa_pss_sha256) return true;
    return EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(options, -1);  // -1: as long as the hash
}

const EVP_MD* hash_of(SignatureAlgorithm signature) {
    const Row& it = row(signature);
    return it.hash ? it.hash() : nullptr;
}

Bytes sign_block(RSA* rsa, ByteView block, int padding) {
    Bytes out(RSA_size(rsa));
    std::size_t size = 0;
    if (!RSA_sign_raw(rsa, &size, out.data(), out.size(), block.data(), block.size(), padding))
        throw std::runtime_error("BoringSSL could not sign a block");
    return out;
}

// EMSA-PKCS1-v1_5 (RFC 8017 9.2) with eight bytes of padding, the least that it allows, and the rest of the
// block behind the hash instead of before it. A verifier that reads from the left and does not look whether
// the block has an end finds nothing wrong; below a public exponent of 3 everybody can make such a block by a
// cube root (Bleichenbacher, 2006).
Bytes sign_with_short_padding(EVP_PKEY* key, ByteView message) {
    constexpr std::string_view before_hash =
        "0001ffffffffffffffff003031300d060960864801650304020105000420";  // of SHA-256
    Bytes block = from_hex(before_hash).value();
    const Bytes hash = sha256(message);
    block.insert(block.end(), hash.begin(), hash.end());
    RSA* rsa = EVP_PKEY_get0_RSA(key);
    if (!rsa || block.size() > RSA_size(rsa)) throw std::logic_error("the key has no room for the padding");
    block.resize(RSA_size(rsa));
    return sign_block(rsa, block, RSA_NO_PADDING);
}

// The DigestInfo of RFC 8017 9.2 for MD4, which the library hashes with, and knows no DigestInfo of.
Bytes md4_info(ByteView message) {
    Bytes info = from_hex("3020300c06082a864886f70d020405000410").value();
    std::array<std::uint8_t, MD4_DIGEST_LENGTH> hash;
    MD4(message.data(), message.size(), hash.data());
    info.insert(info.end(), hash.begin(), hash.end());
    return info;
}

Bytes sign_with_md4(EVP_PKEY* key, ByteView message) {
    RSA* rsa = EVP_PKEY_get0_RSA(key);
    if (!rsa) throw std::logic_error("the key cannot sign with rsa-md4");
    return sign_block(rsa, md4_info(message), RSA_PKCS1_PADDING);
}

bool verifies_with_md4(EVP_PKEY* key, ByteView message, ByteView value) {
    RSA* rsa = EVP_PKEY_get0_RSA(key);
    Bytes block(rsa ? RSA_size(rsa) : 0);
    std::size_t size = 0;
    const bool good = rsa && RSA_verify_raw(rsa, &size, block.data(), block.size(), value.data(),
                                            value.size(), RSA_PKCS1_PADDING);
    ERR_clear_error();
    block.resize(size);
    return good && block == md4_info(message);
}

}  // namespace

SignatureAlgorithm default_signature(Algorithm issuer_key) {
    switch (issuer_key) {
        case Algorithm::p256:
            return SignatureAlgorithm::ecdsa_sha256;
        case Algorithm::p384:
            return SignatureAlgorithm::ecdsa_sha384;
        case Algorithm::p521:
            return SignatureAlgorithm::ecdsa_sha512;
        case Algorithm::ed25519:
            return SignatureAlgorithm::ed25519;
        default:
            return SignatureAlgorithm::rsa_sha256;
    }
}

bool fits(SignatureAlgorithm signature, Algorithm issuer_key) {
    return row(signature).family == family(issuer_key);
}

Bytes signature_identifier(SignatureAlgorithm signature) {
    const Row& it = row(signature);
    return der::sequence({der::oid(it.oid).value(), from_hex(it.parameters).value()});
}

std::optional<SignatureAlgorithm> signature_of_identifier(ByteView identifier) {
    for (std::size_t i = 0; i < words(SignatureAlgorithm{}).size(); ++i) {
        const auto signature = static_cast<SignatureAlgorithm>(i);
        if (std::ranges::equal(signature_identifier(signature), identifier)) return signature;
    }
    return std::nullopt;
}

Bytes sign(EVP_PKEY* key, SignatureAlgorithm signature, ByteView message) {
    if (signature == SignatureAlgorithm::rsa_sha256_short_padding)
        return sign_with_short_padding(key, message);
    if (signature == SignatureAlgorithm::rsa_md4) return sign_with_md4(key, message);
    bssl::ScopedEVP_MD_CTX context;
    EVP_PKEY_CTX* options = nullptr;
    std::size_t size = 0;
    bool good = EVP_DigestSignInit(context.get(), &options, hash_of(signature), nullptr, key) &&
                set_padding(options, signature) &&
                EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size());
    Bytes out(size);
    good = good && EVP_DigestSign(context.get(), out.data(), &size, message.data(), message.size());
    if (!good) throw std::logic_error(fmt::format("the key cannot sign with {}", word(signature)));
    out.resize(size);
    return out;
}

bool verifies(EVP_PKEY* key, SignatureAlgorithm signature, ByteView message, ByteView value) {
    if (signature == SignatureAlgorithm::rsa_md4) return verifies_with_md4(key, message, value);
    bssl::ScopedEVP_MD_CTX context;
    EVP_PKEY_CTX* options = nullptr;
    const bool good =
        EVP_DigestVerifyInit(context.get(), &options, hash_of(signature), nullptr, key) &&
        set_padding(options, signature) &&
        EVP_DigestVerify(context.get(), value.data(), value.size(), message.data(), message.size());
    ERR_clear_error();  // a false signature is an answer, and no error for whoever asks next
    return good;
}

}  // namespace guise::pki
