#include "cli/program.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::cli::docs_test {

namespace kit = guise::kit;

namespace {

// One scenario, so that little is derived.
struct Place {
    TemporaryFolder folder;
    std::string scenarios = folder.path() / "scenarios";
    std::string out = folder.path() / "out";

    Place() {
        kit::write(
            folder.path() / "scenarios/area/name.yaml",
            "# leaf\nid: area/name\ntitle: A title\nseverity: high\nvisits: [{present: {leaf: leaf}}]\n");
    }
    [[nodiscard]] Ran docs() const { return run_guise({"docs", "--scenarios", scenarios, "--out", out}); }
};

}  // namespace

TEST_CASE("the pages are written, and where they begin is told", "[docs]") {
    const Place place;
    const Ran ran = place.docs();
    CHECK(ran.code == 0);
    CHECK(has(ran.out, " files: " + place.out + "/index.html\n"));
    CHECK(has(kit::content_of(place.out + "/scenarios/area/name.html"), "<h1>A title</h1>"));
}

TEST_CASE("a folder with files of others is no folder for pages", "[docs]") {
    const Place place;
    kit::write(place.out + "/mine.txt", "precious");
    const Ran ran = place.docs();
    CHECK(ran.code == 11);
    CHECK(has(ran.err, "it holds 'mine.txt', which guise docs did not write; choose another --out"));
}

TEST_CASE("a folder must be named", "[docs]") { CHECK(run_guise({"docs"}).code == 4); }

}  // namespace guise::cli::docs_test
