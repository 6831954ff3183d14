#include "cli/program.hpp"

#include <catch2/catch.hpp>

using namespace guise::cli;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t out = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++out;
    return out;
}

}  // namespace

TEST_CASE("a scenario is explained: title, control, what is presented, what is wrong with it", "[explain]") {
    const Ran ran = run_guise({"explain", "trust/private-ca"});
    CHECK(ran.code == 0);
    CHECK(ran.out.starts_with("A certificate from a private CA that the client does not know\n"));
    CHECK(has(ran.out, "trust/private-ca  (critical, control trust/root-signed)\n"));
    CHECK(has(ran.out, "  visit 1: presents private-leaf, key a\n"));
    CHECK(has(ran.out, "faults: unknown-issuer (must)\n"));
}

TEST_CASE("every mode of every profile is told what it owes, with its clauses", "[explain]") {
    const Ran ran = run_guise({"explain", "trust/private-ca"});
    for (const char* profile : {"tls-client", "tofu-prompt", "dw-spectrum-desktop", "dw-spectrum-mobile"})
        CHECK(has(ran.out, std::string(profile) + " "));
    CHECK(has(ran.out, "TC-02 (must)"));
}

TEST_CASE("one profile can be asked for alone", "[explain]") {
    const Ran ran = run_guise({"explain", "trust/private-ca", "--profile", "tls-client"});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "tls-client"));
    CHECK_FALSE(has(ran.out, "tofu-prompt"));
}

TEST_CASE("a chain without faults says that there are none", "[explain]") {
    CHECK(has(run_guise({"explain", "trust/root-signed"}).out, "faults: none\n"));
}

TEST_CASE("what is installed is no fault", "[explain]") {
    CHECK(has(run_guise({"explain", "trust/self-signed-installed"}).out, "faults: none\n"));
}

TEST_CASE("a defect is told with its place and its clause", "[explain]") {
    const Ran ran = run_guise({"explain", "validity/expired[position=root,tls=1.3]"});
    CHECK(has(ran.out, "presents leaf, key a, defect expired at root\n"));
    CHECK(has(ran.out, "the defect's clause: RFC 5280"));
}

TEST_CASE("the variants of a file share its title and its comment", "[explain]") {
    const Ran ran = run_guise({"explain", "trust/ca-signed"});
    CHECK(count(ran.out, "A good certificate from a trusted CA\n") == 1);
    CHECK(has(ran.out, "trust/ca-signed[tls=1.2]  ("));
    CHECK(has(ran.out, "trust/ca-signed[tls=1.3]  ("));
}

TEST_CASE("an id that nobody knows exits 4", "[explain]") {
    const Ran ran = run_guise({"explain", "trust/no-such"});
    CHECK(ran.code == 4);
    CHECK(has(ran.err, "(see `guise list scenarios`), found 'trust/no-such'\n"));
}

TEST_CASE("a profile that nobody knows exits 4", "[explain]") {
    const Ran ran = run_guise({"explain", "trust/private-ca", "--profile", "no-such"});
    CHECK(ran.code == 4);
    CHECK(ran.err == "expected the name of a profile (see `guise list profiles`), found 'no-such'\n");
}
