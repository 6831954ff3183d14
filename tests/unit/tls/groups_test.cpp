#include "tls/groups.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::groups_test {

TEST_CASE("every BoringSSL takes what it knows of the groups", "[tls][groups]") {
    const bssl::UniquePtr<SSL_CTX> context(SSL_CTX_new(TLS_method()));
    REQUIRE(context);
    CHECK(set_groups(*context));
}

TEST_CASE("before a handshake there is no group", "[tls][groups]") {
    const bssl::UniquePtr<SSL_CTX> context(SSL_CTX_new(TLS_method()));
    const bssl::UniquePtr<SSL> ssl(SSL_new(context.get()));
    CHECK(group_name(*ssl).empty());
}

}  // namespace guise::tls::groups_test
