#include "pki/digest.hpp"

#include <catch2/catch.hpp>

using namespace guise;

TEST_CASE("SHA-256 gives the digest of FIPS 180-4's example", "[pki][digest]") {
    CHECK(to_hex(pki::sha256(as_bytes("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
