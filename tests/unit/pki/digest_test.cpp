#include "pki/digest.hpp"

#include <catch2/catch.hpp>

namespace guise::pki::digest_test {
namespace {

std::string md5_of(const std::string& text) { return to_hex(pki::md5(as_bytes(text))); }

}  // namespace

TEST_CASE("SHA-256 gives the digest of FIPS 180-4's example", "[pki][digest]") {
    CHECK(to_hex(pki::sha256(as_bytes("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("MD5 is that of RFC 1321 section A.5", "[pki][digest]") {
    CHECK(md5_of("") == "d41d8cd98f00b204e9800998ecf8427e");
    CHECK(md5_of("a") == "0cc175b9c0f1b6a831c399e269772661");
    CHECK(md5_of("abc") == "900150983cd24fb0d6963f7d28e17f72");
    CHECK(md5_of("message digest") == "f96b697d7cb7938d525a2f31aaf161d0");
    CHECK(md5_of("abcdefghijklmnopqrstuvwxyz") == "c3fcd3d76192e4007dfb496cca67e13b");
    CHECK(md5_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") ==
          "d174ab98d277d9f5a5611c2c9f419d9f");
    CHECK(md5_of("1234567890123456789012345678901234567890123456789012345678901234567890123456789"
                 "0") == "57edf4a22be3c955ac49da2e2107b67a");
}

TEST_CASE("SHA-1 is that of FIPS 180-4", "[pki][digest]") {
    CHECK(to_hex(guise::pki::sha1(as_bytes("abc"))) == "a9993e364706816aba3e25717850c26c9cd0d89d");
}

}  // namespace guise::pki::digest_test
