#include "pki/handshake.hpp"

#include "base/yaml.hpp"

#include <catch2/catch.hpp>

namespace guise::pki::handshake_test {
namespace {

struct Read {
    HandshakeChange change;
    Problems problems;
    explicit Read(const std::string& text) {
        change = parse_handshake(yaml::parse(text, "test.yaml").value(), problems);
    }
};

}  // namespace

TEST_CASE("a wrong signature is read", "[pki][handshake]") {
    const Read read("{signature: md5}");
    CHECK(read.problems.empty());
    CHECK(read.change.signature == tls::SignatureFault::md5);
    CHECK(read.change.mutation == tls::Mutation{});
}

TEST_CASE("a mutation is read with what belongs to it", "[pki][handshake]") {
    const Read extension("{do: extension, octets: fade00021234}");
    CHECK(extension.problems.empty());
    CHECK(extension.change.mutation ==
          tls::Mutation{tls::MutationKind::extension, {0xFA, 0xDE, 0, 2, 0x12, 0x34}});
    const Read stop("{do: reset, after: proof}");
    CHECK(stop.problems.empty());
    CHECK(stop.change.mutation == tls::Mutation{tls::MutationKind::reset, {}, tls::Milestone::proof});
}

TEST_CASE("what is not out of the ordinary is no defect", "[pki][handshake]") {
    for (const char* text :
         {"{signature: none}", "{do: none}", "{do: fly}", "{}", "{do: heartbeat, signature: md5}",
          "{do: heartbeat, after: proof}", "{do: stall}", "{do: extension}"}) {
        CAPTURE(text);
        CHECK_FALSE(Read(text).problems.empty());
    }
}

TEST_CASE("an extension must be one", "[pki][handshake]") {
    for (const char* octets : {"fade0001", "fade000100", "fade00031234", "nothing", "''"}) {
        CAPTURE(octets);
        CHECK_FALSE(Read(std::string("{do: extension, octets: ") + octets + "}").problems.empty());
    }
}

}  // namespace guise::pki::handshake_test
