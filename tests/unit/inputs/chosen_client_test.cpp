#include "inputs/chosen_client.hpp"

#include "inputs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::inputs::chosen_client_test {
namespace {

using Names = std::vector<std::string>;

std::string problem_of(const Names& names, const std::string& profile = {}) {
    const auto loaded = load_clients(kit::inputs(), kit::vocabulary(), names, profile);
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

TEST_CASE("a client is selected by its name", "[clients]") {
    const auto loaded = load_clients(kit::inputs(), kit::vocabulary(), {"curl"}, {});
    REQUIRE(loaded.has_value());
    REQUIRE(loaded->size() == 1);
    CHECK((*loaded)[0].client.name == "curl");
    CHECK((*loaded)[0].profile.name == "tls-client");
    CHECK((*loaded)[0].named == "curl");
}

TEST_CASE("a client is selected by the path of its file", "[clients]") {
    const TemporaryFolder folder;
    const std::string file = kit::write_client(folder.path(), "demo", "true");
    const auto loaded = load_clients(kit::inputs(), kit::vocabulary(), {file}, {});
    REQUIRE(loaded.has_value());
    CHECK((*loaded)[0].client.name == "demo");
    CHECK((*loaded)[0].named == file);
}

TEST_CASE("without a selection every client file takes part", "[clients]") {
    const auto loaded = load_clients(kit::inputs(), kit::vocabulary(), {}, {});
    REQUIRE(loaded.has_value());
    Problems problems;
    CHECK(loaded->size() == yaml::files_in(clients_dir(kit::inputs()), problems).size());
}

TEST_CASE("a name that no file has is a problem", "[clients]") {
    CHECK(problem_of(Names({"curl", "crul"})) ==
          "unknown client 'crul' (did you mean 'curl'?): use a name of `guise list clients`, or the path of "
          "a client file\n");
}

TEST_CASE("a path where no file is is a problem", "[clients]") {
    CHECK(problem_of(Names({"./none.yaml"})) ==
          "cannot read the client file ./none.yaml: there is no such file\n");
}

TEST_CASE("a client of one's own does not have the name of a built-in one", "[clients]") {
    const TemporaryFolder folder;
    const kit::fs::path file = kit::write_client(folder.path(), "curl", "true");
    CHECK_THAT(problem_of(Names({file.string()})),
               Catch::Contains("curl.yaml:1:") && Catch::EndsWith(": client name \"curl\" clashes with the "
                                                                  "built-in client; choose another\n"));
    CHECK(problem_of(Names({(clients_dir(kit::inputs()) / "curl.yaml").string()})).empty());
}

TEST_CASE("a client that takes part twice is a problem", "[clients]") {
    CHECK(problem_of(Names({"curl", "curl"})) == "duplicate client name \"curl\"\n");
}

TEST_CASE("two files of clients with one name are a problem", "[clients]") {
    const TemporaryFolder folder;
    const std::string file = kit::write_client(folder.path(), "curl", "true");
    CHECK(problem_of(Names({"curl", file})).ends_with("duplicate client name \"curl\"\n"));
}

TEST_CASE("a client file whose profile nobody knows says where", "[clients]") {
    const TemporaryFolder folder;
    const std::string file = client_with_profile(folder.path(), "profile: no-such\n");
    CHECK(problem_of(Names({file})) ==
          file + ":3:10: expected the name of a profile (see `guise list profiles`), found 'no-such'\n");
}

TEST_CASE("a mode that the profile has not says where", "[clients]") {
    const TemporaryFolder folder;
    const std::string file = kit::write_client(folder.path(), "demo", "true");
    std::string text = kit::content_of(file);
    text.replace(text.find("{strict: {}}"), 12, "{strikt: {}}");
    kit::write(file, text);
    CHECK(problem_of(Names({file})) == file +
                                           ":6:9: expected a mode of the profile tls-client: disabled, "
                                           "strict, found 'strikt' (did you mean 'strict'?)\n");
}

TEST_CASE("the profile of the command line stands in for the client's own", "[clients]") {
    CHECK(problem_of({"curl"}, "tls-client").empty());
    CHECK(problem_of({"curl"}, "no-such") ==
          "expected the name of a profile (see `guise list profiles`), found 'no-such'\n");
}

TEST_CASE("the modes of a client are checked against the profile of the command line", "[clients]") {
    const TemporaryFolder folder;
    const std::string file = client_with_profile(folder.path(), "profile: dw-spectrum-desktop\n");
    std::string text = kit::content_of(file);
    text.replace(text.find("{strict: {}}"), 12, "{basic: {}}");
    kit::write(file, text);
    CHECK(problem_of({file}).empty());
    CHECK(problem_of({file}, "tls-client").find("expected a mode of the profile tls-client") !=
          std::string::npos);
}

TEST_CASE("an overlay in a client file is a profile of the client's own", "[clients]") {
    const TemporaryFolder folder;
    const std::string file = client_with_profile(
        folder.path(), "profile: {extends: tls-client, public_requests: [\"GET /health\"]}\n");
    const auto loaded = load_clients(kit::inputs(), kit::vocabulary(), {file}, {});
    REQUIRE(loaded.has_value());
    CHECK((*loaded)[0].profile.name == "demo");
    CHECK((*loaded)[0].profile.public_requests == std::vector<std::string>{"GET /health"});
    CHECK((*loaded)[0].profile.modes.contains("strict"));
}

TEST_CASE("the problems of all files are reported at once", "[clients]") {
    const TemporaryFolder folder;
    const std::string one = client_with_profile(folder.path(), "profile: no-such\n");
    const auto loaded = load_clients(kit::inputs(), kit::vocabulary(), {one, "crul"}, {});
    REQUIRE_FALSE(loaded.has_value());
    CHECK(loaded.error().list.size() == 2);
}

}  // namespace guise::inputs::chosen_client_test
