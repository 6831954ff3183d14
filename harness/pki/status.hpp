// What an issuer says of a certificate after it was made: OCSP responses and revocation lists, as recipes ask
// for them.
//
//     staple: {status: good}                                      # sent in the handshake, to whoever asks
//     ocsp: {status: revoked, signer: ocsp-responder}             # served by HTTP where the certificate says
//     crl: {status: good, from: -10d, to: -1d}                    # so is this
#pragma once

#include "base/problem.hpp"
#include "base/words.hpp"
#include "base/yaml.hpp"
#include "pki/signature.hpp"

#include <openssl/base.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace guise::pki {

/// The state of a certificate (RFC 6960 section 2.2); a list knows only the first two.
enum class Standing { good, revoked, unknown };
constexpr auto words(Standing) { return std::to_array<std::string_view>({"good", "revoked", "unknown"}); }

/// How a statement comes.
enum class Form {
    whole,
    truncated,      // its last byte is missing
    bad_signature,  // the last bit of its signature is flipped
    try_later,      // a responder's excuse, which says nothing of any certificate
    unreachable     // no one listens where the certificate says that it is
};
constexpr auto words(Form) {
    return std::to_array<std::string_view>(
        {"whole", "truncated", "bad-signature", "try-later", "unreachable"});
}

/// How a client gets a statement.
enum class Channel { staple, ocsp, crl };
constexpr auto words(Channel) { return std::to_array<std::string_view>({"staple", "ocsp", "crl"}); }

/// One statement on one certificate.
struct Statement {
    Standing standing = Standing::good;
    std::chrono::seconds from{}, to{};  // thisUpdate and nextUpdate, relative to now
    std::string signer = "issuer";      // or a recipe, whose certificate then comes along in a response
    std::optional<Bytes> serial;        // the bytes of another certificate's; else the certificate's own
    Form form = Form::whole;
    SourcePos where;
};

/// Reads `{status?, from?, to?, signer?, serial?, form?}`; by default it is good, from an hour ago for three
/// days, and the issuer's.
[[nodiscard]] Statement parse_statement(const yaml::Value& value, Channel channel, Problems& problems);

/// Whom a statement is about, and who makes it.
struct StatementParts {
    const Statement& statement;
    Bytes serial;              // of the certificate: an INTEGER in DER
    Bytes issuer_name;         // of the certificate, Name in DER
    Bytes issuer_key;          // SHA-1 of the issuer's key: PublicKey::identifier
    Bytes signer_name;         // Name in DER
    Bytes signer_key;          // as `issuer_key`
    Bytes signer_certificate;  // sent along with a response; empty: the issuer itself signs
    EVP_PKEY* key = nullptr;   // the signer's
    SignatureAlgorithm algorithm = SignatureAlgorithm::ecdsa_sha256;
    std::chrono::sys_seconds now;
};

/// An OCSPResponse in DER (RFC 6960 section 4.2.1), of one SingleResponse with SHA-1 identifiers (RFC 5019
/// section 2.1.1). Errors: a time that cannot be encoded.
[[nodiscard]] Result<Bytes> make_ocsp_response(const StatementParts& parts);

/// A CertificateList in DER (RFC 5280 section 5.1), version 2, with the key identifier and a number. It names
/// the certificate if that is revoked, and no other. Errors: a time that cannot be encoded.
[[nodiscard]] Result<Bytes> make_list(const StatementParts& parts);

/// The serial number of a certificate, an INTEGER in DER; nothing where the bytes cannot be read so far.
[[nodiscard]] std::optional<Bytes> serial_of(ByteView certificate);

}  // namespace guise::pki
