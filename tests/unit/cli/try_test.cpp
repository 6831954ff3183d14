#include "cli/program.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::cli::try_test {

namespace kit = guise::kit;

namespace {

struct Place {
    guise::TemporaryFolder folder;
    std::string out = (folder.path() / "out").string();

    Ran run(const std::vector<std::string>& command, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments{"try", "--out", out};
        arguments.insert(arguments.end(), more.begin(), more.end());
        arguments.emplace_back("--");
        arguments.insert(arguments.end(), command.begin(), command.end());
        return run_guise(arguments);
    }
};

const std::vector<std::string> verifying{
    "curl", "-q", "-sS", "--http1.1", "--connect-to", "::{address}:{port}", "--cacert", "{trust}", "{url}"};

}  // namespace

TEST_CASE("a command line is driven without a client file, and leaves one", "[cli][try]") {
    const Place place;
    const Ran ran = place.run(verifying, {"--only", "trust/self-signed"});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "As expected (exit 0)."));
    CHECK(ran.out.ends_with("Client file: " + place.out +
                            "/try-curl.yaml (every scenario: guise run --client " + place.out +
                            "/try-curl.yaml)\n"));
    CHECK(run_guise({"run", "--client", place.out + "/try-curl.yaml", "--only", "trust/self-signed", "--out",
                     place.out})
              .code == 0);
}

TEST_CASE("a command that accepts everything fails", "[cli][try]") {
    auto command = verifying;
    command.insert(command.begin() + 1, "-k");
    const Ran ran = Place().run(command, {"--only", "trust/self-signed"});
    CHECK(ran.code == 1);
    CHECK(has(ran.out, "FAIL   trust/self-signed"));
}

TEST_CASE("a command that names no server is a mistake, and so is none", "[cli][try]") {
    const Place place;
    CHECK(place.run({"curl", "https://localhost/"}).code == 4);
    CHECK(run_guise({"try"}).code == 4);
    CHECK_FALSE(kit::fs::exists(place.out));
}

TEST_CASE("a file of somebody else is not overwritten by a client file", "[cli][try]") {
    const Place place;
    kit::fs::create_directories(place.out);
    std::ofstream(place.out + "/try-curl.yaml") << "client: mine\n";
    const Ran ran = place.run(verifying, {"--only", "trust/self-signed"});
    CHECK(ran.code == 4);
    CHECK(kit::content_of(place.out + "/try-curl.yaml") == "client: mine\n");
}

}  // namespace guise::cli::try_test
