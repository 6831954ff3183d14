#include "cli/program.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::cli::run_test {

namespace kit = guise::kit;

namespace {

// `guise run` of a client that is a line of shell, through one scenario.
struct Place {
    guise::TemporaryFolder folder;
    std::string client;
    std::string out = (folder.path() / "out").string();

    explicit Place(const std::string& script) : client(kit::write_client(folder.path(), "demo", script)) {}
    Ran run(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments{"run",   "--client", client, "--only", "trust/root-signed",
                                           "--out", out};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_guise(arguments);
    }
};

}  // namespace

TEST_CASE("a run as expected exits 0 and says so in its last but one line", "[run]") {
    const Place place(kit::verifying);
    const Ran ran = place.run();
    CHECK(ran.code == 0);
    CHECK(has(ran.out, " As expected (exit 0).\n"));
    CHECK(ran.err.empty());
}

TEST_CASE("a run leaves its reports, and says where", "[run]") {
    const Place place(kit::verifying);
    const Ran ran = place.run();
    for (const char* file : {"report.html", "results.jsonl", "junit.xml", "summary.md"})
        CHECK(kit::fs::file_size(kit::fs::path(place.out) / file) > 0);
    CHECK(ran.out.ends_with("Reports: " + place.out + "/results.jsonl, " + place.out + "/report.html, " +
                            place.out + "/junit.xml, " + place.out + "/summary.md\n"));
}

TEST_CASE("a run into the folder of an earlier one replaces its reports", "[run]") {
    const Place place(kit::verifying);
    CHECK(place.run().code == 0);
    CHECK(place.run().code == 0);
}

TEST_CASE("only the reports that were asked for are written", "[run]") {
    const Place place(kit::verifying);
    const std::string elsewhere = (place.folder.path() / "mine.xml").string();
    const Ran ran = place.run({"--report", "markdown", "--report", "junit=" + elsewhere});
    CHECK(ran.out.ends_with("Reports: " + place.out + "/results.jsonl, " + place.out + "/summary.md, " +
                            elsewhere + "\n"));
    CHECK_FALSE(kit::fs::exists(kit::fs::path(place.out) / "report.html"));
    CHECK_FALSE(kit::fs::exists(kit::fs::path(place.out) / "junit.xml"));
}

TEST_CASE("an unknown report keeps a run from starting, and the known ones are listed", "[run]") {
    const Place place(kit::verifying);
    const Ran ran = place.run({"--report", "pdf"});
    CHECK(ran.code == 4);
    CHECK(ran.err == "unknown report 'pdf' (known: html, junit, markdown)\n");
    CHECK_FALSE(kit::fs::exists(place.out));
}

TEST_CASE("reports that guise has not written are overwritten only when that is asked for", "[run]") {
    const Place place(kit::verifying);
    for (const char* name : {"report.html", "results.jsonl", "junit.xml", "summary.md"}) {
        kit::fs::remove_all(place.out);
        const auto file = kit::fs::path(place.out) / name;
        kit::write(file, "precious");
        const Ran ran = place.run();
        CHECK(ran.code == 4);
        CHECK(
            has(ran.err, "cannot write " + file.string() + ": the file exists and was not written by guise"));
        CHECK(kit::content_of(file) == "precious");
        CHECK(place.run({"--force"}).code == 0);
        CHECK(kit::content_of(file) != "precious");
    }
}

TEST_CASE("a run that keeps the homes says where they are", "[run]") {
    const Place place(kit::verifying);
    CHECK(has(place.run({"--keep"}).out, "Homes: " + place.out + "/homes\n"));
    CHECK(has(place.run({"--keep"}).out, "Homes: " + place.out + "/homes-2\n"));
}

TEST_CASE("a client that never connects exits 10", "[run]") {
    const Place place("true");
    const Ran ran = place.run({"--keep-going"});
    CHECK(ran.code == 10);
    CHECK(has(ran.out, "inconclusive or not run (exit 10)."));
}

TEST_CASE("the options reach the run", "[run]") {
    const Place place("true");
    (void)place.run({"--seed", "5eed", "--now", "2027-01-15", "-j", "1", "--keep", "--mode", "strict"});
    const std::string results = kit::content_of(kit::fs::path(place.out) / "results.jsonl");
    CHECK(has(results, R"("seed":"5eed","now":"2027-01-15T00:00:00Z")"));
    CHECK(kit::fs::exists(kit::fs::path(place.out) / "homes"));
}

TEST_CASE("a report that cannot be written is the fault of the machine", "[run]") {
    const Place place(kit::verifying);
    kit::fs::create_directories(kit::fs::path(place.out) / "junit.xml");
    const Ran ran = place.run();
    CHECK(ran.code == 11);
    CHECK(ran.err == "cannot write " + place.out + "/junit.xml: Is a directory\n");
    CHECK_FALSE(has(ran.out, "junit.xml"));
    CHECK(has(ran.out, "/summary.md\n"));
}

TEST_CASE("what keeps a run from starting exits 4 and says why", "[run]") {
    const Place place("true");
    CHECK(place.run({"--mode", "strikt"}).err ==
          "no selected client has a mode 'strikt' (did you mean 'strict'?); they have: strict\n");
    for (const auto& wrong : std::vector<std::vector<std::string>>{{"--mode", "strikt"},
                                                                   {"--only", "no/such"},
                                                                   {"--client", "crul"},
                                                                   {"--profile", "no-such"},
                                                                   {"--baseline", "/nowhere.yaml"},
                                                                   {"--now", "tomorrow"},
                                                                   {"-j", "0"},
                                                                   {"-j", "many"}})
        CHECK(place.run(wrong).code == 4);
    CHECK_FALSE(kit::fs::exists(place.out));
}

TEST_CASE("a time that is none is told with what one looks like", "[run]") {
    CHECK(run_guise({"run", "--now", "tomorrow"}).err ==
          "--now: expected a time such as 2027-01-31T12:00:00Z or +30d, found 'tomorrow'\n");
}

TEST_CASE("a case can be repeated, and a number out of range is refused", "[run]") {
    const Place place(kit::verifying);
    CHECK(place.run({"--repeat", "2"}).code == 0);
    const std::string results = kit::content_of(kit::fs::path(place.out) / "results.jsonl");
    CHECK(has(results, R"("spread":[{"verdict":"pass","runs":[1,2],)"));
    const Ran ran = place.run({"--repeat", "0"});
    CHECK(ran.code == 4);
    CHECK(has(ran.err, "--repeat: Value 0 not in range"));
    CHECK(place.run({"--repeat", "1001"}).code == 4);
    CHECK(place.run({"--repeat", "many"}).code == 4);
}

}  // namespace guise::cli::run_test
