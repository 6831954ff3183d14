#include "tls/message_edit.hpp"

#include "tls/messages.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::message_edit_test {
namespace {

Bytes octets(std::string_view hex) { return from_hex(hex).value(); }

// A ServerHello with a session id of one byte, the suite C02B, and the list of extensions, if any.
Bytes server_hello(std::string_view extensions) {
    return message_of(server_hello_message,
                      octets("0303" + std::string(64, '7') + "01aac02b00" + std::string(extensions)));
}

}  // namespace

TEST_CASE("a message has its length in three octets", "[tls][edit]") {
    CHECK(message_of(11, Bytes(258, 1)).size() == 262);
    CHECK(to_hex(ByteView(message_of(11, Bytes(258, 1))).first(5)) == "0b00010201");
}

TEST_CASE("an extension is added at the end of the list", "[tls][edit]") {
    const Bytes added = with_extension(server_hello("0005ff01000100"), octets("fade000101"));
    CHECK(added == server_hello("000aff01000100fade000101"));
    CHECK(extension_size(added, 0xfade) == 5);
    CHECK(with_extension(octets("080000020000"), octets("fade000101")) == octets("080000070005fade000101"));
}

TEST_CASE("an extension is added where there was no list", "[tls][edit]") {
    CHECK(with_extension(server_hello(""), octets("fade000101")) == server_hello("0005fade000101"));
}

TEST_CASE("an extension takes the place of one of its type", "[tls][edit]") {
    const Bytes hello = server_hello("000b000b00020100ff01000100");
    CHECK(extension_size(hello, 11) == 6);
    CHECK(with_extension(hello, octets("000b0003020000")) == server_hello("000cff01000100000b0003020000"));
    CHECK(extension_size(hello, 16) == 0);
}

TEST_CASE("what is no ServerHello stays as it is", "[tls][edit]") {
    for (const Bytes& broken : {Bytes(), octets("02000000"), server_hello("0009ff01000100")}) {
        CHECK(with_extension(broken, octets("fade000101")) == broken);
        CHECK(extension_size(broken, 0xff01) == 0);
    }
}

TEST_CASE("a Certificate message can be without its certificates", "[tls][edit]") {
    CHECK(empty_certificate(true) == octets("0b00000400000000"));
    CHECK(empty_certificate(false) == octets("0b000003000000"));
    CHECK(without_last_certificate(octets("0b00000b000008000001aa000001bb"), false) ==
          octets("0b000007000004000001aa"));
    CHECK(without_last_certificate(octets("0b0000100000000c000001aa0000000001bb0000"), true) ==
          octets("0b00000a00000006000001aa0000"));
    CHECK(without_last_certificate(octets("0b000003000000"), false) == empty_certificate(false));
}

TEST_CASE("a broken Certificate message stays as it is", "[tls][edit]") {
    for (const bool tls13 : {false, true}) {
        const Bytes broken = octets("0b000008000005000009aa");
        CHECK(without_last_certificate(broken, tls13) == broken);
    }
}

TEST_CASE("a ServerKeyExchange loses its signature, or has another scheme", "[tls][edit]") {
    Bytes message = octets("0c00000b03001d02aabb0403000155");
    CHECK(without_signature(message) == octets("0c00000603001d02aabb"));
    set_scheme(message, 0x0103);
    CHECK(message == octets("0c00000b03001d02aabb0103000155"));
    CHECK(without_signature(octets("0c00000303001d")) == octets("0c00000303001d"));
}

TEST_CASE("a CertificateVerify has another scheme", "[tls][edit]") {
    Bytes message = octets("0f0000050403000155");
    set_scheme(message, 0x0804);
    CHECK(message == octets("0f0000050804000155"));
    Bytes short_one = octets("0f00000104");
    set_scheme(short_one, 0x0804);
    CHECK(short_one == octets("0f00000104"));
}

TEST_CASE("a ServerHello has another suite", "[tls][edit]") {
    Bytes hello = server_hello("");
    set_cipher(hello, 0xc018);
    CHECK(cipher_of_server_hello(hello) == 0xc018);
    Bytes short_one = octets("02000000");
    set_cipher(short_one, 0xc018);
    CHECK(short_one == octets("02000000"));
}

TEST_CASE("filler is a well-formed extension of just the size", "[tls][edit]") {
    CHECK(filler_extension(8, true) == octets("000a00040002fe00"));
    CHECK(filler_extension(8, false) == octets("000b000403000000"));
    for (const std::size_t size : {156U, 260U})
        for (const bool tls13 : {true, false}) {
            const Bytes filler = filler_extension(size, tls13);
            CHECK(filler.size() == size);
            CHECK(static_cast<std::size_t>(filler[2] << 8 | filler[3]) == size - 4);
        }
}

}  // namespace guise::tls::message_edit_test
