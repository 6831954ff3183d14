// What a certificate says, read from any bytes.
//
// The reader is strict about the frame, the order and the ends of the elements of RFC 5280 4.1, because
// without them nothing can be said, and asks for no more: unknown keys, unknown algorithms, wrong versions
// and bad signatures are facts to show.
#pragma once

#include "base/bytes.hpp"
#include "base/problem.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace guise::pki {

/// All texts are fit for a terminal: control characters and what is no UTF-8 are written as `\xx`.
struct CertificateFacts {
    std::string subject;             // as in RFC 4514: CN=example,O=guise
    std::string issuer;              // the same
    std::string serial;              // the bytes in hexadecimal
    std::vector<std::string> names;  // of subjectAltName: `dns:example`, `ip:127.0.0.1`
    std::chrono::sys_seconds not_before, not_after;
    std::string key;           // a word of Algorithm where there is one: p256; else rsa1536, ec224, or an OID
    std::string signature;     // a word of SignatureAlgorithm where there is one, else an OID
    bool is_ca = false;        // basicConstraints says so
    bool self_signed = false;  // issuer and subject are equal, and the signature verifies with its own key
    std::string sha1;          // of the whole, in hexadecimal
    std::string sha256;
    std::string key_sha256;  // of SubjectPublicKeyInfo: what is pinned
};

/// Reads one certificate. `name` stands in the problem's place. Errors: what is no certificate.
[[nodiscard]] Result<CertificateFacts> inspect(ByteView der, const std::string& name = {});

/// Reads each certificate of a chain. Errors: the first that is none, with its number from 1.
[[nodiscard]] Result<std::vector<CertificateFacts>> inspect_chain(const std::vector<Bytes>& chain,
                                                                  const std::string& name = {});

}  // namespace guise::pki
