#include "run/participants.hpp"

#include "clients/routing/routing.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::run::participants_test {

TEST_CASE("a client that is on the machine has a version and a routing", "[participants]") {
    const TemporaryFolder folder;
    const auto found = kit::participants({kit::write_client(folder.path(), "demo", "true")});
    CHECK(found[0]->missing.empty());
    CHECK(found[0]->detection.version == "1.0");
    CHECK(found[0]->routing == kit::routing("option"));
    CHECK(found[0]->driver->name == "exec");
}

TEST_CASE("a client that is not on the machine says what is missing", "[participants]") {
    const TemporaryFolder folder;
    const kit::fs::path file = kit::write_client(folder.path(), "demo", "true", "packages: [demo]\n");
    std::string text = kit::content_of(file);
    text.replace(text.find("run: [sh, -c, echo demo 1.0]"), 28, "run: [no-such-program]");
    kit::write(file, text);
    const auto found = kit::participants({file});
    CHECK(found[0]->missing == "not installed ('no-such-program' is not in PATH); Debian package demo");
}

TEST_CASE("a client without a way to the server that works here cannot take part", "[participants]") {
    const std::string why_not = kit::routing("nss-wrapper")->why_not();
    const TemporaryFolder folder;
    const kit::fs::path file = kit::write_client(folder.path(), "demo", "true");
    std::string text = kit::content_of(file);
    text.replace(text.find("[option]"), 8, "[nss-wrapper]");
    kit::write(file, text);
    const auto found = kit::participants({file});
    if (why_not.empty())
        CHECK(found[0]->missing.empty());
    else
        CHECK_THAT(found[0]->missing, Catch::EndsWith("found " + why_not));
}

}  // namespace guise::run::participants_test
