#include "clients/pins.hpp"

#include "clients/scripted.hpp"

#include <fstream>

namespace guise::clients::pins_test {

using namespace guise::evidence;
using namespace guise::process;

namespace {

// SHA-256 of "abc" (FIPS 180-4) and of "def".
const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const std::string def = "cb8379ac2098aa165029e3938a51da0bcecfc008fd6795f401178647f96c5b34";

const char* const known_hosts =
    "|g0|localhost|443|0|YWJj\n"
    "|c0|something else\n"
    "|g0|localhost|443|0|ZGVm";

}  // namespace

TEST_CASE("the keys of a file are its pins", "[pins]") {
    const Pattern line = pattern(R"(^\|g0\|(?P<host>[^|]+)\|(?P<port>\d+)\|0\|(?P<public_key>\S+)$)");
    CHECK(pins_in(known_hosts, line) == std::vector<std::string>{abc, def});
    CHECK(pins_in("|g0|localhost|443|0|no!base64", line).empty());
}

TEST_CASE("a hash in the file is a pin as it is", "[pins]") {
    const Pattern line = pattern("(?P<sha256>[0-9A-Fa-f:]+)$");
    CHECK(pins_in("host AB:cd\nhost xyz\nhost 12345", line) == std::vector<std::string>{"abcd"});
}

TEST_CASE("a file that is not there holds no pins", "[pins]") {
    const TemporaryFolder home;
    const Pattern line = pattern("(?P<public_key>.+)");
    CHECK(pins_in_file(home.path() / "known", line).empty());
    std::ofstream(home.path() / "known") << "YWJj\n";
    CHECK(pins_in_file(home.path() / "known", line) == std::vector<std::string>{abc});
}

}  // namespace guise::clients::pins_test
