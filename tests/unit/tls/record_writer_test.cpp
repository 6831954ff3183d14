#include "tls/record_writer.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::record_writer_test {
namespace {

Bytes octets(std::string_view hex) { return from_hex(hex).value(); }

const SSL_CIPHER& suite(std::uint16_t id) { return *SSL_get_cipher_by_value(id); }

// What a sealed record of TLS 1.3 holds, its type at the end; nothing where it does not open.
std::optional<Bytes> opened(const SealKeys& keys, ByteView record, Bytes nonce, ByteView bound) {
    bssl::ScopedEVP_AEAD_CTX context;
    Bytes out(record.size());
    std::size_t size = 0;
    if (!EVP_AEAD_CTX_init(context.get(), keys.aead, keys.key.data(), keys.key.size(), 16, nullptr) ||
        !EVP_AEAD_CTX_open(context.get(), out.data(), &size, out.size(), nonce.data(), nonce.size(),
                           record.data(), record.size(), bound.data(), bound.size()))
        return std::nullopt;
    out.resize(size);
    return out;
}

}  // namespace

TEST_CASE("records in clear are cut to size", "[tls][writer]") {
    RecordWriter writer;
    Bytes out;
    CHECK(writer.write({22, octets("0102030405")}, 2, out));
    CHECK(to_hex(out) == "1603030002010216030300020304160303000105");
    CHECK(writer.write({20, {1}}, 16384, out));
    CHECK(to_hex(ByteView(out).last(6)) == "140303000101");
}

// RFC 8448 section 3: the server's handshake keys of the simple 1-RTT handshake.
TEST_CASE("the keys of TLS 1.3 follow from the traffic secret as in RFC 8448", "[tls][writer]") {
    const auto keys = keys_from_secret(
        suite(0x1301), octets("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38"));
    REQUIRE(keys);
    CHECK(to_hex(keys->key) == "3fce516009c21727d0f2e4e86ee403bc");
    CHECK(to_hex(keys->iv) == "5d313eb2671276ee13000b30");
    CHECK(keys->tls13);
}

TEST_CASE("the server's half of a key block is its second", "[tls][writer]") {
    Bytes block(2 * (16 + 4));
    for (std::size_t i = 0; i < block.size(); ++i) block[i] = static_cast<std::uint8_t>(i);
    const auto keys = keys_from_block(suite(0xC02B), block);
    REQUIRE(keys);
    CHECK(to_hex(keys->key) == "101112131415161718191a1b1c1d1e1f");
    CHECK(to_hex(keys->iv) == "24252627");
    CHECK_FALSE(keys_from_block(suite(0xC02B), ByteView(block).first(39)));
    CHECK(keys_from_block(suite(0xCCA9), Bytes(2 * (32 + 12)))->iv.size() == 12);
}

TEST_CASE("a cipher that is no AEAD has no such keys", "[tls][writer]") {
    CHECK_FALSE(keys_from_block(suite(0xC009), Bytes(200)));
    CHECK_FALSE(keys_from_secret(suite(0xC009), Bytes(32)));
}

TEST_CASE("sealed records of TLS 1.3 count on, and carry their type inside", "[tls][writer]") {
    const std::uint16_t id = GENERATE(0x1301, 0x1302, 0x1303);
    const auto keys = keys_from_secret(suite(id), Bytes(id == 0x1302 ? 48 : 32, 7));
    REQUIRE(keys);
    RecordWriter writer;
    writer.seal_with(*keys);
    Bytes out;
    REQUIRE(writer.write({22, {1, 2}}, 1, out));
    const std::size_t one = 5 + 1 + 1 + 16;  // header, byte, type, tag
    REQUIRE(out.size() == 2 * one);
    for (std::uint8_t number = 0; number < 2; ++number) {
        const ByteView record = ByteView(out).subspan(number * one, one);
        CHECK(to_hex(record.first(5)) == "1703030012");
        Bytes nonce = keys->iv;
        nonce.back() ^= number;
        const auto inner = opened(*keys, record.subspan(5), nonce, record.first(5));
        REQUIRE(inner);
        CHECK(*inner == Bytes{static_cast<std::uint8_t>(number + 1), 22});
    }
    REQUIRE(writer.write({20, {1}}, 1, out));
    CHECK(to_hex(ByteView(out).last(6)) == "140303000101");  // the one that means nothing stays in clear
}

TEST_CASE("sealed records of TLS 1.2 say their nonce, and keep their type outside", "[tls][writer]") {
    const bool chacha = GENERATE(false, true);
    const auto keys = keys_from_block(suite(chacha ? 0xCCA9 : 0xC02B), Bytes(100, 9));
    REQUIRE(keys);
    RecordWriter writer;
    writer.seal_with(*keys);
    Bytes out;
    REQUIRE(writer.write({22, {1, 2, 3}}, 100, out));
    CHECK(to_hex(ByteView(out).first(5)) == (chacha ? "1603030013" : "160303001b"));
    Bytes nonce = keys->iv;
    nonce.resize(12);
    CHECK(opened(*keys, ByteView(out).subspan(chacha ? 5 : 13), nonce,
                 octets("00000000000000001603030003")) == Bytes{1, 2, 3});
}

}  // namespace guise::tls::record_writer_test
