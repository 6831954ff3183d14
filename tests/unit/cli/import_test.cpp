#include "base/time.hpp"
#include "cli/program.hpp"
#include "import/limbo_kit.hpp"

#include <catch2/catch.hpp>

namespace guise::cli::import_test {

namespace kit = guise::kit;

namespace {

struct Place {
    TemporaryFolder folder;
    std::string corpus;
    std::string out = (folder.path() / "out").string();

    explicit Place(const std::string& expected) {
        const auto now = machine_clock();
        corpus =
            kit::write_limbo(folder.path(), kit::limbo_case("ns::one", "leaf", "host.example", expected, now))
                .string();
    }
    Ran import(const std::vector<std::string>& more = {}, const std::string& script = kit::verifying) {
        const auto client = kit::write_client(folder.path(), "demo", script).string();
        std::vector<std::string> arguments{"import", "limbo", corpus, "--client", client, "--out", out};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_guise(arguments);
    }
};

}  // namespace

TEST_CASE("a client that reads the corpus as it is meant ends with 0", "[import]") {
    Place place("SUCCESS");
    const Ran ran = place.import();
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "1 of 1 cases replayed: 1 as the corpus expects"));
    CHECK(kit::fs::exists(place.out + "/limbo.json"));
}

TEST_CASE("a difference ends with 1, until a baseline knows it", "[import]") {
    Place place("FAILURE");
    CHECK(place.import().code == 1);
    kit::fs::copy_file(place.out + "/limbo.json", place.out + "/before.json");
    const Ran again = place.import({"--baseline", place.out + "/before.json"});
    CHECK(again.code == 0);
    CHECK(has(again.out, "0 of 1 results differ from the earlier import."));
    const Ran refuses = place.import({"--baseline", place.out + "/before.json"},
                                     "exec curl -sS --cacert /dev/null --capath {home}/tmp "
                                     "--connect-to ::{address}:{port} {url}");
    CHECK(refuses.code == 1);
    CHECK(has(refuses.out, "changed: ns::one: refused, before accepted"));
}

TEST_CASE("what somebody else has put into the folder is left alone", "[import]") {
    Place place("SUCCESS");
    const kit::fs::path out = place.out;
    kit::write(out / "homes" / "alice" / "thesis.txt", "precious");
    kit::write(out / "limbo.json", "precious");
    CHECK(place.import().code == 4);
    CHECK(kit::content_of(out / "limbo.json") == "precious");
    CHECK(place.import({"--force"}).code == 0);
    CHECK(place.import().code == 0);
    CHECK(kit::content_of(out / "homes" / "alice" / "thesis.txt") == "precious");
}

TEST_CASE("what is unclear ends with 10", "[import]") {
    CHECK(Place("FAILURE").import({}, "exit 0").code == 10);
}

TEST_CASE("wrong options are told", "[import]") {
    Place place("SUCCESS");
    CHECK(place.import({"--mode", "basic"}).code == 4);
    CHECK(place.import({"--baseline", "/nowhere"}).code == 4);
    CHECK(run_guise({"import", "limbo", "/nowhere", "--client", "curl"}).code == 4);
    CHECK(run_guise({"import", "chains", place.corpus, "--client", "curl"}).code == 4);
}

}  // namespace guise::cli::import_test
