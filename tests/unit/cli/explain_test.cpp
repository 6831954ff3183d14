#include "cli/program.hpp"
#include "pki/support.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::cli::explain_test {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t out = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++out;
    return out;
}

// What explain says of a scenario with these visits.
Ran explained(const std::string& visits, std::vector<std::string> more = {}) {
    const guise::pki::test::Folder folder(
        {{"area/name.yaml", "id: area/name\ntitle: A title\nseverity: high\nvisits: [" + visits + "]\n"}});
    std::vector<std::string> arguments{"explain", "area/name", "--scenarios", folder.path.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_guise(arguments);
}

}  // namespace

TEST_CASE("a scenario is explained: title, control, what is presented, what is wrong with it", "[explain]") {
    const Ran ran = run_guise({"explain", "trust/private-ca"});
    CHECK(ran.code == 0);
    CHECK(ran.out.starts_with("A certificate from a private CA that the client does not know\n"));
    CHECK(has(ran.out, "trust/private-ca  (critical, control trust/root-signed)\n"));
    CHECK(has(ran.out, "  visit 1: presents private-leaf, key a (if asked: "));
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
    CHECK(has(ran.out, "presents leaf, key a, defect expired at root (if asked: "));
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

TEST_CASE("every visit is told, with the memories that are possible by then", "[explain]") {
    const Ran ran = explained(
        "{present: {leaf: self-signed}, answer: connect}, {restart: client},"
        "{present: {leaf: self-signed}}",
        {"--profile", "dw-spectrum-desktop"});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "  visit 2: the client is restarted\n"));
    CHECK(has(ran.out, "basic        1      untrusted/none "));
    CHECK(has(ran.out, "basic        3      untrusted/same "));
}

TEST_CASE("the faults of a visit are those that the chain has by then", "[explain]") {
    const Ran ran = explained("{present: {leaf: leaf}}, {clock: +20000d}, {present: {leaf: leaf}}");
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "faults: none\n"));
    CHECK(has(ran.out, "faults: expired (must)\n"));
}

TEST_CASE("how a visit is made is told", "[explain]") {
    const Ran ran = explained(
        "{present: {leaf: leaf}, at: {port: second}, connections: 2, plain-text: answered},"
        "{present: {leaf: leaf}, resume: 1, claims: {version: '4.1'}, answer: once},"
        "{present: {leaf: leaf}, swap: {after: public-request, present: {leaf: leaf, key: b}}}");
    CHECK(has(ran.out, "key a, port second, to 2 connections at once, and answers in plain text too (if"));
    CHECK(has(ran.out, "key a, resuming visit 1; claims to be version 4.1 (if asked: once)\n"));
    CHECK(has(ran.out, "key a; then presents leaf, key b (if asked: decline)\n"));
}

TEST_CASE("a scenario that no mode runs says so", "[explain]") {
    const Ran ran = explained("{mode: basic}, {present: {leaf: leaf}}", {"--profile", "tls-client"});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "no mode of these profiles runs it\n"));
}

TEST_CASE("what is owed can be had as JSON", "[explain]") {
    const Ran ran = run_guise({"explain", "trust/private-ca", "--profile", "tls-client", "--json"});
    CHECK(ran.code == 0);
    const auto json = nlohmann::json::parse(ran.out);
    REQUIRE(json.size() == 1);
    CHECK(json[0]["scenario"] == "trust/private-ca");
    CHECK(json[0]["modes"].size() == 2);
}

}  // namespace guise::cli::explain_test
