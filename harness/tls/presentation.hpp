// What a server shows in one handshake: the values that the certificate stage makes and the TLS engine sends.
#pragma once

#include "base/bytes.hpp"
#include "base/words.hpp"
#include "tls/mutation.hpp"

#include <openssl/base.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace guise::tls {

/// Which protocol versions the server offers; `any` is TLS 1.0 to 1.3.
enum class Versions { any, tls12, tls13 };
constexpr auto words(Versions) { return std::to_array<std::string_view>({"any", "1.2", "1.3"}); }

/// What is wrong with the handshake's signature (CertificateVerify in TLS 1.3, ServerKeyExchange in TLS 1.2).
enum class SignatureFault {
    none,        // made with the leaf's key
    wrong_key,   // made with another key of the same type
    corrupted,   // made with the leaf's key, then one bit flipped
    zero,        // an ECDSA signature of two zeros
    empty,       // no bytes at all
    md5,         // made with the leaf's key over an MD5 hash, and says so
    sha1,        // made with the leaf's key over a SHA-1 hash, and says so
    other_type,  // made with the leaf's key, and says that it was made with a key of another type
};
constexpr auto words(SignatureFault) {
    return std::to_array<std::string_view>(
        {"none", "wrong-key", "corrupted", "zero", "empty", "md5", "sha1", "other-type"});
}

/// One server as a client meets it. Immutable once made, shared by the connections that show it.
struct Presentation {
    /// DER, leaf first, as it goes on the wire. Any bytes: what BoringSSL refuses to install is sent by the
    /// leaf swap, which has a least size (109 bytes for a P-256 key; see tls/leaf_swap.hpp).
    std::vector<Bytes> certificates;
    std::shared_ptr<EVP_PKEY> key;        // the leaf's private key
    std::shared_ptr<EVP_PKEY> other_key;  // signs where the fault is `wrong_key`; null otherwise
    SignatureFault signature = SignatureFault::none;
    Mutation mutation{};
    Versions versions = Versions::any;
    Bytes ocsp_response;      // stapled where not empty (RFC 6066 section 8)
    bool resumption = false;  // session tickets are handed out and taken: whoever resumes sees no certificate
    std::string label;        // for messages: `validity/expired[tls=1.3] visit 1`
};

}  // namespace guise::tls
