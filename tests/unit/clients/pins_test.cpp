#include "clients/pins.hpp"

#include "scripted.hpp"

#include <fstream>

using namespace guise;
using namespace guise::clients;

namespace {

// Not a digest, but enough to see what is digested.
Bytes same(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

const char* const known_hosts =
    "|g0|localhost|443|0|YWJj\n"
    "|c0|something else\n"
    "|g0|localhost|443|0|ZGVm";

}  // namespace

TEST_CASE("the keys of a file are its pins", "[pins]") {
    const Pattern line = pattern(R"(^\|g0\|(?P<host>[^|]+)\|(?P<port>\d+)\|0\|(?P<public_key>\S+)$)");
    CHECK(pins_in(known_hosts, line, same) == std::vector<std::string>{"616263", "646566"});
    CHECK(pins_in("|g0|localhost|443|0|no!base64", line, same).empty());
}

TEST_CASE("a hash in the file is a pin as it is", "[pins]") {
    const Pattern line = pattern("(?P<sha256>[0-9A-Fa-f:]+)$");
    CHECK(pins_in("host AB:cd\nhost xyz\nhost 12345", line, same) == std::vector<std::string>{"abcd"});
}

TEST_CASE("a file that is not there holds no pins", "[pins]") {
    const TemporaryHome home;
    const Pattern line = pattern("(?P<public_key>.+)");
    CHECK(pins_in_file(home.path() / "known", line, same).empty());
    std::ofstream(home.path() / "known") << "YWJj\n";
    CHECK(pins_in_file(home.path() / "known", line, same) == std::vector<std::string>{"616263"});
}
