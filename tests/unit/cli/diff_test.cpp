#include "cli/program.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::cli::diff_test {

namespace kit = guise::kit;

namespace {

struct Place {
    TemporaryFolder folder;
    std::string before = folder.path() / "before";
    std::string after = folder.path() / "after";

    Place() {
        const std::string client = kit::write_client(folder.path(), "demo", kit::verifying);
        for (const std::string& out : {before, after})
            run_guise({"run", "--client", client, "--only", "trust/self-signed", "--out", out});
    }
};

}  // namespace

TEST_CASE("the same run twice does not differ", "[diff]") {
    const Place place;
    const Ran ran = run_guise({"diff", place.before, place.after});
    CHECK(ran.code == 0);
    CHECK(ran.out == "2 unchanged, 0 changed, 0 new, 0 gone.\n");
}

TEST_CASE("a changed verdict is told, in a page too, and ends with 1", "[diff]") {
    const Place place;
    const std::string file = place.after + "/results.jsonl";
    std::string text = kit::content_of(file);
    const std::string pass = R"("verdict":"pass")";
    kit::write(file, text.replace(text.find(pass), pass.size(), R"("verdict":"fail")"));
    const std::string page = place.folder.path() / "diff.html";
    const Ran ran = run_guise({"diff", place.before, file, "--html", page});
    CHECK(ran.code == 1);
    CHECK(has(ran.out, ": pass -> fail\n"));
    CHECK(has(kit::content_of(page), "<!doctype html>"));
}

TEST_CASE("a page that cannot be written is named, with the cause", "[diff]") {
    const Place place;
    const Ran ran = run_guise({"diff", place.before, place.after, "--html", "/nowhere/diff.html"});
    CHECK(ran.code == 11);
    CHECK(has(ran.err, "cannot write /nowhere/diff.html: No such file or directory\n"));
}

TEST_CASE("a page of somebody else is overwritten only when that is asked for", "[diff]") {
    const Place place;
    const std::string page = place.folder.path() / "diff.html";
    kit::write(page, "precious");
    CHECK(run_guise({"diff", place.before, place.after, "--html", page}).code == 4);
    CHECK(kit::content_of(page) == "precious");
    CHECK(run_guise({"diff", place.before, place.after, "--html", page, "--force"}).code == 0);
    CHECK(run_guise({"diff", place.before, place.after, "--html", page}).code == 0);
}

TEST_CASE("what is no run is a usage error", "[diff]") {
    const Ran ran = run_guise({"diff", "nowhere", "nowhere"});
    CHECK(ran.code == 4);
    CHECK(has(ran.err, "nowhere: expected a readable results.jsonl"));
}

}  // namespace guise::cli::diff_test
