#include "tls/messages.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::messages_test {
namespace {

// A ServerHello with this random, a session id of one byte and the suite 0x1301.
Bytes server_hello(const std::string& random) {
    return *from_hex(
        "0200002a"
        "0303" +
        random +
        "01aa"
        "1301"
        "00");
}

const std::string retry = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
const std::string plain(64, '0');

}  // namespace

TEST_CASE("a handshake message has the name that its RFC gives it", "[tls][messages]") {
    CHECK(message_name(*from_hex("0b000000")) == "Certificate");
    CHECK(message_name(*from_hex("14000000")) == "Finished");
    CHECK(message_name(*from_hex("c8000000")) == "message_200");
    CHECK(message_name({}) == "message");
}

TEST_CASE("a HelloRetryRequest is told from a ServerHello by its random", "[tls][messages]") {
    CHECK(message_name(server_hello(plain)) == "ServerHello");
    CHECK(message_name(server_hello(retry)) == "HelloRetryRequest");
    CHECK(is_hello_retry_request(server_hello(retry)));
    CHECK_FALSE(is_hello_retry_request(*from_hex("02000000")));
}

TEST_CASE("the cipher suite follows the session id", "[tls][messages]") {
    CHECK(cipher_of_server_hello(server_hello(plain)) == 0x1301);
    CHECK_FALSE(cipher_of_server_hello(*from_hex("02000000")));
}

}  // namespace guise::tls::messages_test
