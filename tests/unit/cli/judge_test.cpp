#include "cli/program.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::cli::judge_test {

namespace kit = guise::kit;

namespace {

struct Place {
    TemporaryFolder folder;
    std::string file = folder.path() / "out" / "results.jsonl";

    Place() {
        const std::string client = kit::write_client(folder.path(), "demo", kit::verifying);
        run_guise({"run", "--client", client, "--only", "trust/self-signed", "--out", folder.path() / "out"});
    }
    void replace(const std::string& what, const std::string& with) const {
        std::string text = kit::content_of(file);
        const auto at = text.find(what);
        if (at == std::string::npos) throw std::runtime_error("no " + what);
        kit::write(file, text.replace(at, what.size(), with));
    }
};

}  // namespace

TEST_CASE("a run is judged again to the same verdicts", "[judge]") {
    const Place place;
    const Ran ran = run_guise({"judge", place.file});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "0 of 2 verdicts differ from those that were recorded."));
}

TEST_CASE("a recorded verdict that does not follow from the evidence is told", "[judge]") {
    const Place place;
    place.replace(R"("verdict":"pass")", R"("verdict":"fail")");
    const Ran ran = run_guise({"judge", place.file});
    CHECK(ran.code == 1);
    CHECK(has(ran.out, "changed: trust/"));
    CHECK(has(ran.out, "1 of 2 verdicts differ"));
}

TEST_CASE("the page of a run is made again", "[judge]") {
    const Place place;
    const std::string page = place.folder.path() / "again.html";
    CHECK(run_guise({"judge", place.file, "--html", page}).code == 0);
    CHECK(has(kit::content_of(page), "trust/self-signed"));
    CHECK(run_guise({"judge", place.file, "--html", page}).code ==
          0);  // in place of the one that guise wrote
    const Ran ran = run_guise({"judge", place.file, "--html", "/nowhere/again.html"});
    CHECK(ran.code == 4);
    CHECK(ran.err == "cannot write /nowhere/again.html: there is no folder /nowhere\n");
}

TEST_CASE("a page of somebody else, and the results themselves, are not overwritten", "[judge]") {
    const Place place;
    const std::string page = place.folder.path() / "mine.html";
    kit::write(page, "precious");
    CHECK(run_guise({"judge", place.file, "--html", page}).code == 4);
    CHECK(kit::content_of(page) == "precious");
    CHECK(run_guise({"judge", place.file, "--html", page, "--force"}).code == 0);
    const std::string before = kit::content_of(place.file);
    CHECK(run_guise({"judge", place.file, "--report", "html=" + place.file, "--force"}).code == 4);
    CHECK(kit::content_of(place.file) == before);
}

TEST_CASE("each report can be made again, of the new verdicts", "[judge]") {
    const Place place;
    const std::string junit = place.folder.path() / "again.xml";
    CHECK(run_guise({"judge", place.file, "--report", "junit=" + junit}).code == 0);
    CHECK(has(kit::content_of(junit), "trust/self-signed"));
}

TEST_CASE("a run that did not end is judged by what it has seen", "[judge]") {
    const Place place;
    const std::string text = kit::content_of(place.file);
    kit::write(place.file, text.substr(0, text.find(R"({"type":"run.end")")) + R"({"type":"ru)");
    const Ran ran = run_guise({"judge", place.file});
    CHECK(ran.code == 2);
    CHECK(has(ran.out, "The last record is incomplete"));
    CHECK(has(ran.out, "guise run --resume"));
}

TEST_CASE("what is no results file is a usage error with its place", "[judge]") {
    const Place place;
    kit::write(place.file, "{}\n");
    const Ran ran = run_guise({"judge", place.file});
    CHECK(ran.code == 4);
    CHECK(has(ran.err, "results.jsonl:1:1: expected a record run.start"));
    CHECK(run_guise({"judge", "nowhere.jsonl"}).code == 4);
}

}  // namespace guise::cli::judge_test
