#include "run/doctor.hpp"

#include "run/kit.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace guise::run::doctor_test {

using namespace guise::server;
using namespace guise::inputs;

namespace {

const Finding* find(const std::vector<Finding>& findings, const std::string& what) {
    const auto at =
        std::find_if(findings.begin(), findings.end(), [&](const auto& each) { return each.what == what; });
    return at == findings.end() ? nullptr : &*at;
}

}  // namespace

TEST_CASE("a machine that can run has nothing missing", "[doctor]") {
    const auto findings = examine(kit::inputs());
    for (const Finding& finding : findings) {
        CAPTURE(finding.what, finding.found);
        CHECK(finding.state != Finding::State::missing);
        CHECK((finding.state == Finding::State::ok) == finding.help.empty());
    }
    REQUIRE(find(findings, "loopback"));
    REQUIRE(find(findings, "client curl"));
    CHECK(find(findings, "client curl")->state == Finding::State::ok);
}

TEST_CASE("a client that is not there comes with the way to get it", "[doctor]") {
    const TemporaryFolder folder;
    RunInputs inputs = kit::inputs();
    inputs.root = folder.path();
    kit::write(
        clients_dir(inputs) / "ghost.yaml",
        "client: ghost\ndetect: {run: [no-such-program-here], version: '(\\S+)'}\npackages: [ghost-bin]\n"
        "profile: tls-client\ndriver: exec\nrouting: [option]\nrun: [no-such-program-here]\nmodes: {strict: "
        "{}}\n");
    const auto findings = examine(inputs);
    const Finding* ghost = find(findings, "client ghost");
    REQUIRE(ghost);
    CHECK(ghost->state == Finding::State::optional);
    CHECK(ghost->help == "apt-get install ghost-bin");
}

TEST_CASE("a broken client file is missing, with its place", "[doctor]") {
    const TemporaryFolder folder;
    RunInputs inputs = kit::inputs();
    inputs.root = folder.path();
    kit::write(clients_dir(inputs) / "broken.yaml", "client: broken\nclient: twice\n");
    const auto findings = examine(inputs);
    const Finding* broken = find(findings, "client file");
    REQUIRE(broken);
    CHECK(broken->state == Finding::State::missing);
    CHECK_THAT(broken->found, Catch::Contains("broken.yaml:2:1: expected each key once"));
}

}  // namespace guise::run::doctor_test
