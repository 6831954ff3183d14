#include "run/participants.hpp"

#include "clients/routing/routing.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>

using namespace guise;
using namespace guise::run;
using namespace guise::server;
using namespace guise::inputs;

namespace {

Selection of(std::vector<std::string> clients) {
    Selection out;
    out.clients = std::move(clients);
    return out;
}

std::string problem_of(const Selection& selection) {
    const auto loaded = load_participants(kit::inputs(), selection);
    return loaded ? "" : loaded.error().text();
}

// A client file with other lines in place of `profile: …`.
std::string client_with_profile(const kit::fs::path& dir, const std::string& lines) {
    const kit::fs::path file = kit::write_client(dir, "demo", "true");
    std::string text = kit::content_of(file);
    const std::string before = "profile: tls-client\n";
    text.replace(text.find(before), before.size(), lines);
    kit::write(file, text);
    return file;
}

}  // namespace

TEST_CASE("a client is selected by its name", "[participants]") {
    const auto loaded = load_participants(kit::inputs(), of({"curl"}));
    REQUIRE(loaded.has_value());
    REQUIRE(loaded->size() == 1);
    CHECK((*loaded)[0]->client.name == "curl");
    CHECK((*loaded)[0]->profile.name == "tls-client");
    CHECK((*loaded)[0]->named == "curl");
}

TEST_CASE("a client is selected by the path of its file", "[participants]") {
    const TemporaryFolder folder;
    const std::string file = kit::write_client(folder.path(), "demo", "true");
    const auto loaded = load_participants(kit::inputs(), of({file}));
    REQUIRE(loaded.has_value());
    CHECK((*loaded)[0]->client.name == "demo");
    CHECK((*loaded)[0]->named == file);
}

TEST_CASE("without a selection every client file takes part", "[participants]") {
    const auto loaded = load_participants(kit::inputs(), {});
    REQUIRE(loaded.has_value());
    Problems problems;
    CHECK(loaded->size() == yaml::files_in(clients_dir(kit::inputs()), problems).size());
}

TEST_CASE("a name that no file has is a problem", "[participants]") {
    CHECK(problem_of(of({"curl", "crul"})) ==
          "expected the name of a client (see `guise list clients`) or the path of a client file, found "
          "'crul'\n");
}

TEST_CASE("a path where no file is is a problem", "[participants]") {
    CHECK(problem_of(of({"./none.yaml"})) == "./none.yaml: expected a client file, found none\n");
}

TEST_CASE("a client of one's own does not have the name of a built-in one", "[participants]") {
    const TemporaryFolder folder;
    const kit::fs::path file = kit::write_client(folder.path(), "curl", "true");
    CHECK_THAT(problem_of(of({file.string()})), Catch::Contains("curl.yaml:1:") &&
                                                    Catch::Contains("expected a name of its own") &&
                                                    Catch::EndsWith("found 'curl'\n"));
    CHECK(problem_of(of({(clients_dir(kit::inputs()) / "curl.yaml").string()})).empty());
}

TEST_CASE("a client that takes part twice is a problem", "[participants]") {
    CHECK(problem_of(of({"curl", "curl"})) == "expected clients of different names, found 'curl' twice\n");
}

TEST_CASE("two files of clients with one name are a problem", "[participants]") {
    const TemporaryFolder folder;
    const std::string file = kit::write_client(folder.path(), "curl", "true");
    CHECK(problem_of(of({"curl", file})).ends_with("found 'curl' twice\n"));
}

TEST_CASE("a client file whose profile nobody knows says where", "[participants]") {
    const TemporaryFolder folder;
    const std::string file = client_with_profile(folder.path(), "profile: no-such\n");
    CHECK(problem_of(of({file})) ==
          file + ":3:10: expected the name of a profile (see `guise list profiles`), found 'no-such'\n");
}

TEST_CASE("a mode that the profile has not says where", "[participants]") {
    const TemporaryFolder folder;
    const std::string file = kit::write_client(folder.path(), "demo", "true");
    std::string text = kit::content_of(file);
    text.replace(text.find("{strict: {}}"), 12, "{strikt: {}}");
    kit::write(file, text);
    CHECK(problem_of(of({file})) ==
          file + ":6:9: expected a mode of the profile tls-client, found 'strikt'\n");
}

TEST_CASE("the profile of the command line stands in for the client's own", "[participants]") {
    Selection selection = of({"curl"});
    selection.profile = "tls-client";
    CHECK(problem_of(selection).empty());
    selection.profile = "no-such";
    CHECK(problem_of(selection) ==
          "expected the name of a profile (see `guise list profiles`), found 'no-such'\n");
}

TEST_CASE("the modes of a client are checked against the profile of the command line", "[participants]") {
    const TemporaryFolder folder;
    const std::string file = client_with_profile(folder.path(), "profile: dw-spectrum-desktop\n");
    std::string text = kit::content_of(file);
    text.replace(text.find("{strict: {}}"), 12, "{basic: {}}");
    kit::write(file, text);
    Selection selection = of({file});
    CHECK(problem_of(selection).empty());
    selection.profile = "tls-client";
    CHECK(problem_of(selection).find("expected a mode of the profile tls-client") != std::string::npos);
}

TEST_CASE("an overlay in a client file is a profile of the client's own", "[participants]") {
    const TemporaryFolder folder;
    const std::string file = client_with_profile(
        folder.path(), "profile: {extends: tls-client, public_requests: [\"GET /health\"]}\n");
    const auto loaded = load_participants(kit::inputs(), of({file}));
    REQUIRE(loaded.has_value());
    CHECK((*loaded)[0]->profile.name == "demo");
    CHECK((*loaded)[0]->profile.public_requests == std::vector<std::string>{"GET /health"});
    CHECK((*loaded)[0]->profile.modes.contains("strict"));
}

TEST_CASE("the problems of all files are reported at once", "[participants]") {
    const TemporaryFolder folder;
    const std::string one = client_with_profile(folder.path(), "profile: no-such\n");
    const auto loaded = load_participants(kit::inputs(), of({one, "crul"}));
    REQUIRE_FALSE(loaded.has_value());
    CHECK(loaded.error().list.size() == 2);
}

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
