#include "pki/digest.hpp"

#include <openssl/md5.h>
#include <openssl/sha.h>

namespace guise::pki {

Bytes sha256(ByteView bytes) {
    Bytes out(SHA256_DIGEST_LENGTH);
    SHA256(bytes.data(), bytes.size(), out.data());
    return out;
}

Bytes sha1(ByteView bytes) {
    Bytes out(SHA_DIGEST_LENGTH);
    SHA1(bytes.data(), bytes.size(), out.data());
    return out;
}

Bytes md5(ByteView bytes) {
    Bytes out(MD5_DIGEST_LENGTH);
    MD5(bytes.data(), bytes.size(), out.data());
    return out;
}

}  // namespace guise::pki
