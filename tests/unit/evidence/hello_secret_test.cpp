#include "evidence/hello_secret.hpp"

#include "base/bytes.hpp"
#include "evidence/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::evidence::hello_secret_test {
namespace {

using namespace test;

TEST_CASE("the canary is found in the octets of a ClientHello", "[evidence][hello]") {
    std::vector<tls::Transcript> connections(2);
    connections[0].hello_octets = "\x03\x03 session " + canary;
    connections[1].hello_octets = "\x03\x03 session";
    look_into_hellos(connections, canary);
    CHECK(connections[0].hello_secret == "as it is");
    CHECK(connections[1].hello_secret.empty());
}

}  // namespace
}  // namespace guise::evidence::hello_secret_test
