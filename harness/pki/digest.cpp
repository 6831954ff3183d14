#include "pki/digest.hpp"

#include <openssl/sha.h>

namespace guise::pki {

Bytes sha256(ByteView bytes) {
    Bytes out(SHA256_DIGEST_LENGTH);
    SHA256(bytes.data(), bytes.size(), out.data());
    return out;
}

}  // namespace guise::pki
