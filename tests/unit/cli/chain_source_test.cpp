#include "cli/chain_source.hpp"

#include "pki/pem.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::cli::chain_source_test {

namespace kit = guise::kit;

namespace {

std::string problem_of(const Result<std::vector<Bytes>>& result) {
    return result.has_value() ? "" : result.error().text();
}

}  // namespace

TEST_CASE("a file is read as PEM where it has a block, and as one certificate of DER else",
          "[chain_source]") {
    const kit::Files files;
    const std::vector<Bytes> two{{1, 2}, {3}};
    CHECK(chain_of_file(files.write("two.pem", "a remark\n" + pki::to_pem(two))).value() == two);
    CHECK(chain_of_file(files.write("one.der", "\x30\x03")).value() == std::vector<Bytes>{{0x30, 3}});
}

TEST_CASE("a file with a colon and digits in its name is a file where it exists", "[chain_source]") {
    const kit::Files files;
    CHECK(chain_of(files.write("host:443", "\x30")).value() == std::vector<Bytes>{{0x30}});
}

TEST_CASE("what names neither a file nor a server says so", "[chain_source]") {
    const kit::Files files;
    for (const std::string what :
         {"nowhere", "nowhere:", ":443", "nowhere:0", "nowhere:65536", "nowhere:x", "::1", "::1:443"})
        CHECK(problem_of(chain_of(what)) ==
              what + ": expected a readable file, or HOST:PORT ([::1]:443 for IPv6), found none\n");
    CHECK_THAT(problem_of(chain_of(files.folder.path())), Catch::EndsWith("found a folder\n"));
    CHECK_THAT(problem_of(chain_of(files.write("empty.pem", ""))), Catch::EndsWith("found an empty file\n"));
    CHECK_THAT(problem_of(chain_of("[::1]:1")), Catch::StartsWith("[::1]:1: expected a TLS server"));
    const std::string empty = files.write("key.pem", "-----BEGIN PUBLIC KEY-----\n");
    CHECK(problem_of(chain_of(empty)) == empty + ": expected a CERTIFICATE block, found none\n");
}

}  // namespace guise::cli::chain_source_test
