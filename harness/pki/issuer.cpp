#include "pki/issuer.hpp"

#include "pki/der.hpp"
#include "pki/signature.hpp"

#include <openssl/err.h>
#include <openssl/x509.h>

#include <algorithm>

namespace guise::pki {

namespace {

bssl::UniquePtr<X509_NAME> read_name(ByteView octets) {
    const std::uint8_t* at = octets.data();
    bssl::UniquePtr<X509_NAME> out(d2i_X509_NAME(nullptr, &at, static_cast<long>(octets.size())));
    ERR_clear_error();
    return out;
}

}  // namespace

bssl::UniquePtr<EVP_PKEY> read_public_key(ByteView info) {
    CBS in = der::reader(info);
    bssl::UniquePtr<EVP_PKEY> key(EVP_parse_public_key(&in));
    ERR_clear_error();
    return key;
}

bool same_name(ByteView one, ByteView other) {
    if (std::ranges::equal(one, other)) return true;
    const auto first = read_name(one), second = read_name(other);
    return first && second && X509_NAME_cmp(first.get(), second.get()) == 0;
}

bool issued_by(const Elements& subject, const Elements& issuer) {
    if (!same_name(subject.issuer, issuer.subject)) return false;
    const auto algorithm = signature_of_identifier(subject.algorithm);
    const auto key = read_public_key(issuer.key);
    return key && algorithm && verifies(key.get(), *algorithm, subject.tbs, subject.signature);
}

}  // namespace guise::pki
