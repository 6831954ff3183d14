#include "tls/client_hello.hpp"

#include "kit.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace guise::tls::client_hello_test {
namespace {

// The body of the hello that a BoringSSL client sends: behind the headers of the record and of the message.
Bytes body_from(kit::Client& client) {
    client.step();
    const Bytes record = client.take_output();
    return {record.begin() + 9, record.end()};
}

// Version 1.2, a random of zeros, no session, one suite, no compression, then `extensions`.
Bytes hello_with(std::string_view extensions) {
    return *from_hex("0303" + std::string(64, '0') + "00" + "0002c02b" + "0100" + std::string(extensions));
}

}  // namespace

TEST_CASE("a client's offers are read in their order", "[tls][hello]") {
    kit::Client client;
    const std::uint8_t alpn[] = "\x02h2\x08http/1.1";
    SSL_set_alpn_protos(client.ssl(), alpn, sizeof alpn - 1);
    const auto hello = parse_client_hello(body_from(client));
    REQUIRE(hello);
    CHECK(hello->server_name == "kit.guise.test");
    CHECK(hello->alpn == std::vector<std::string>{"h2", "http/1.1"});
    CHECK(hello->versions.front() == 0x0304);
    CHECK(hello->groups == std::vector<std::uint16_t>{29, 23, 24, 25});
    CHECK(std::ranges::count(hello->cipher_suites, 0x1301) == 1);
    CHECK(std::ranges::count(hello->signature_schemes, 0x0403) == 1);
    CHECK(std::ranges::count(hello->extensions, 43) == 1);
    CHECK_FALSE(hello->offers_resumption);
}

TEST_CASE("a hello without extensions offers its legacy version", "[tls][hello]") {
    const auto hello = parse_client_hello(hello_with(""));
    REQUIRE(hello);
    CHECK(hello->versions == std::vector<std::uint16_t>{0x0303});
    CHECK(hello->cipher_suites == std::vector<std::uint16_t>{0xc02b});
    CHECK(hello->server_name.empty());
}

TEST_CASE("a ticket or a pre-shared key offers resumption, an empty ticket does not", "[tls][hello]") {
    CHECK_FALSE(parse_client_hello(hello_with("0004"
                                              "00230000"))
                    ->offers_resumption);
    CHECK(parse_client_hello(hello_with("0005"
                                        "0023000199"))
              ->offers_resumption);
    CHECK(parse_client_hello(hello_with("0005"
                                        "0029000100"))
              ->offers_resumption);
}

TEST_CASE("GREASE stays where it was", "[tls][hello]") {
    const auto hello =
        parse_client_hello(hello_with("000c"
                                      "0a0a0000"
                                      "000a0004"
                                      "00021a1a"));
    REQUIRE(hello);
    CHECK(hello->extensions == std::vector<std::uint16_t>{0x0a0a, 10});
    CHECK(hello->groups == std::vector<std::uint16_t>{0x1a1a});
}

TEST_CASE("a hello that is not well-formed has no facts", "[tls][hello]") {
    CHECK_FALSE(parse_client_hello({}));
    CHECK_FALSE(parse_client_hello(hello_with("00")));
    CHECK_FALSE(
        parse_client_hello(hello_with("0004"
                                      "000a0001")));  // cut extension
    CHECK_FALSE(
        parse_client_hello(hello_with("0007"
                                      "000a0003"
                                      "00011d")));  // half a group
    CHECK_FALSE(
        parse_client_hello(hello_with("0005"
                                      "0000000100")));  // half a name list
    CHECK_FALSE(
        parse_client_hello(hello_with("0006"
                                      "00100002"
                                      "0005")));  // ALPN longer than it is
}

TEST_CASE("a hello that is cut anywhere has no facts", "[tls][hello]") {
    const Bytes body = hello_with(
        "0005"
        "0029000100");
    const std::size_t whole_without_extensions = hello_with("").size();
    for (std::size_t size = 0; size < body.size(); ++size)
        CHECK(parse_client_hello(ByteView(body).first(size)).has_value() ==
              (size == whole_without_extensions));
}

TEST_CASE("no changed byte of a hello does harm", "[tls][hello]") {
    kit::Client client;
    const Bytes body = body_from(client);
    std::mt19937 random(2);
    for (int round = 0; round < 5000; ++round) {
        Bytes changed = body;
        changed[random() % changed.size()] = static_cast<std::uint8_t>(random());
        changed[random() % changed.size()] = static_cast<std::uint8_t>(random());
        (void)parse_client_hello(changed);
    }
    SUCCEED("nothing crashed");
}

}  // namespace guise::tls::client_hello_test
