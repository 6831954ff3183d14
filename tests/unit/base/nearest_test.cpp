#include "base/nearest.hpp"

#include <catch2/catch.hpp>

#include <array>

namespace guise::nearest_test {
namespace {

const std::vector<std::string> clients{"curl", "gnutls-cli", "gnutls-cli-tofu", "openssl-s_client", "wget"};

}  // namespace

TEST_CASE("a word with a letter too many, too few, changed or swapped has a nearest one", "[base][nearest]") {
    CHECK(nearest("crul", clients) == "curl");
    CHECK(nearest("curll", clients) == "curl");
    CHECK(nearest("url", clients) == "curl");
    CHECK(nearest("kurl", clients) == "curl");
    CHECK(nearest("CURL", clients) == "curl");
    CHECK(nearest("openssl-sclient", clients) == "openssl-s_client");
}

TEST_CASE("of two that are near the nearer is meant, and of equals the first", "[base][nearest]") {
    CHECK(nearest("gnutls-cl", clients) == "gnutls-cli");
    CHECK(nearest("gnutls-cli-tof", clients) == "gnutls-cli-tofu");
    CHECK(nearest("add", {"abd", "acd"}) == "abd");
}

TEST_CASE("what is far from all is like none", "[base][nearest]") {
    CHECK(nearest("firefox", clients).empty());
    CHECK(nearest("", clients).empty());
    CHECK(nearest("ou", {"o", "on"}).empty());
    CHECK(nearest("curl", {}).empty());
    CHECK(nearest(std::string(100'000, 'c'), clients).empty());
}

TEST_CASE("a message ends with what may be meant", "[base][nearest]") {
    CHECK(did_you_mean("crul", clients) == " (did you mean 'curl'?)");
    CHECK(did_you_mean("firefox", clients).empty());
    CHECK(did_you_mean("mustt", std::array<std::string_view, 2>{"may", "must"}) == " (did you mean 'must'?)");
}

}  // namespace guise::nearest_test
