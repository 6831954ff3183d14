#include "tls/cert_compression.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::cert_compression_test {

// The bytes are zlib's own, from compressobj(0) and from what decompress() says of ours.
TEST_CASE("stored blocks are zlib's", "[tls][compression]") {
    CHECK(to_hex(zlib_of(as_bytes("abc"))) == "7801010300fcff616263024d0127");
    CHECK(to_hex(zlib_of({})) == "7801010000ffff00000001");
}

TEST_CASE("what is long is stored in several blocks", "[tls][compression]") {
    const Bytes out = zlib_of(Bytes(65'536, 0));
    CHECK(out.size() == 2 + 5 + 65'535 + 5 + 1 + 4);
    CHECK(to_hex(ByteView(out).subspan(2, 5)) == "00ffff0000");
    CHECK(to_hex(ByteView(out).subspan(2 + 5 + 65'535, 5)) == "010100feff");
}

TEST_CASE("a bomb is small", "[tls][compression]") {
    constexpr std::size_t size = 16 << 20;
    CHECK(zlib_of_zeros(size).size() < size / 150);
    CHECK(to_hex(zlib_of_zeros(0)) == "7801030000000001");
    CHECK(to_hex(zlib_of_zeros(1)) == "780163000000010001");
}

}  // namespace guise::tls::cert_compression_test
