#include "clients/detect.hpp"

#include "process/run_to_end.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::detect_test {

using namespace guise::evidence;
using namespace guise::process;

namespace {

Client detected_by(std::string script, std::string pattern) {
    Client client;
    client.name = "demo";
    client.file = "/fixtures/clients/demo.yaml";
    client.detect = {"sh", "-c", std::move(script)};
    client.version_pattern = std::move(pattern);
    client.packages = {"demo", "demo-data"};
    return client;
}

}  // namespace

TEST_CASE("the version is the group of the first line that matches", "[detect]") {
    const Detection found =
        run_to_end(detect(detected_by("echo Welcome; echo demo 1.2 x; echo demo 3", "^demo (\\S+)")));
    CHECK(found.found);
    CHECK(found.version == "1.2");
    CHECK(found.missing.empty());
}

TEST_CASE("a version on standard error, or from a command that fails, is a version", "[detect]") {
    CHECK(run_to_end(detect(detected_by("echo demo 1 >&2; exit 1", "^demo (\\S+)"))).version == "1");
}

TEST_CASE("a client that is not installed names the packages that bring it", "[detect]") {
    Client client = detected_by("", "(x)");
    client.detect = {"no-such-program", "--version"};
    const Detection found = run_to_end(detect(client));
    CHECK_FALSE(found.found);
    CHECK(found.missing ==
          "not installed ('no-such-program' is not in PATH); Debian packages demo, demo-data");
}

TEST_CASE("a version that does not match is quoted", "[detect]") {
    const Detection found = run_to_end(detect(detected_by("echo other 1; echo more", "^demo (\\S+)")));
    CHECK_FALSE(found.found);
    CHECK(found.missing ==
          "'sh -c echo other 1; echo more' does not tell its version: expected a line that matches "
          "'^demo (\\S+)', found 'other 1'; Debian packages demo, demo-data");
}

TEST_CASE("detection runs in an empty home and fills in {here}", "[detect]") {
    const Detection found =
        run_to_end(detect(detected_by("echo \"$(ls -A \"$HOME\" | wc -l) {here}\"", "^0 (\\S+)$")));
    CHECK(found.version == "/fixtures/clients");
}

TEST_CASE("a command that does not end is killed", "[detect]") {
    const Detection found =
        run_to_end(detect(detected_by("sleep 60", "(x)"), std::chrono::milliseconds(100)));
    CHECK_FALSE(found.found);
    CHECK(found.missing.starts_with("'sh -c sleep 60' had to be killed after "));
}

}  // namespace guise::clients::detect_test
