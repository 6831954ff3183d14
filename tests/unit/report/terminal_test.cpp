#include "report/terminal.hpp"

#include "report/approved.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>

#include <regex>

namespace guise::report::terminal_test {

using namespace guise::evidence;

namespace {

std::string report_at(std::size_t width, bool colour = false) {
    return terminal_report(synthetic::every_verdict(), {colour, width});
}

std::string without_colour(const std::string& text) {
    return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), "");
}

// The line of the matrix that begins with `start`.
std::string line_of(const std::string& text, const std::string& start) {
    const std::size_t at = ("\n" + text).find("\n" + start);
    return at == std::string::npos ? "" : text.substr(at, text.find('\n', at) - at);
}

}  // namespace

TEST_CASE("the report of every verdict on a terminal is as approved", "[terminal][approved]") {
    check_approved("every-verdict.approved.txt", report_at(100));
}

TEST_CASE("colours are added to the same text", "[terminal]") {
    CHECK(report_at(100).find('\x1b') == std::string::npos);
    CHECK(without_colour(report_at(100, true)) == report_at(100));
}

TEST_CASE("what went wrong is red, what went well is green, what is in doubt is yellow", "[terminal]") {
    const std::string text = report_at(100, true);
    for (const char* red : {"FAIL", "ERROR", "FIXED"})
        CHECK(text.find("\x1b[1;31m" + std::string(red)) != std::string::npos);
    CHECK(text.find("\x1b[32mok\x1b[0m") != std::string::npos);
    for (const char* yellow : {"?", "note", "known"})
        CHECK(text.find("\x1b[33m" + std::string(yellow)) != std::string::npos);
    for (const char* dim : {"n/a", "not-run"})
        CHECK(text.find("\x1b[2m" + std::string(dim)) != std::string::npos);
}

TEST_CASE("a client whose columns do not fit goes below the others", "[terminal]") {
    const std::string wide = report_at(100);
    const std::string narrow = report_at(50);
    CHECK(line_of(wide, "          ").find("wget") != std::string::npos);
    CHECK(line_of(narrow, "          ").find("wget") == std::string::npos);
    CHECK(narrow.find("\n\n                          wget\n") != std::string::npos);
}

TEST_CASE("a table that fits exactly is not cut", "[terminal]") {
    const std::size_t first = std::string("signatures/bad-signature  ").size();
    const std::size_t all = first + std::string("disabled  strict   strict ").size();
    CHECK(line_of(report_at(all), "          ").find("wget") != std::string::npos);
    CHECK(line_of(report_at(all - 1), "          ").find("wget") == std::string::npos);
}

TEST_CASE("however narrow the terminal is, one client is shown at a time", "[terminal]") {
    const std::string text = report_at(1);
    CHECK(line_of(text, "trust/ca-signed") == "trust/ca-signed           ok        ok");
}

TEST_CASE("cells of modes with short names keep apart", "[terminal]") {
    Results results;
    for (const char* mode : {"a", "b"}) {
        results.cases.push_back(synthetic::make_case("x/y", judge::Verdict::not_run));
        results.cases.back().id.mode = mode;
    }
    results.end.reason = "none";
    CHECK(line_of(terminal_report(results, {}), "x/y") == "x/y  not-run  not-run");
}

TEST_CASE("cases that were not run are counted by their reason", "[terminal]") {
    Results results;
    for (const char* id : {"x/a", "x/b", "x/c"}) {
        results.cases.push_back(synthetic::make_case(id, judge::Verdict::not_run));
        results.cases.back().judgement.sentence =
            id[2] == 'c' ? "Not run: no." : "Not run: the run was stopped.";
    }
    results.end.reason = "stopped";
    results.end.exit = ExitCode::interrupted;
    const std::string text = terminal_report(results, {});
    CHECK_THAT(text, Catch::Contains("\n1 case: Not run: no.\n2 cases: Not run: the run was stopped.\n"));
    CHECK_THAT(text, !Catch::Contains("repeat:") &&
                         Catch::EndsWith("--resume runs the sessions that had not ended.\n"));
}

TEST_CASE("a case that was not in the run is a blank in the matrix", "[terminal]") {
    CHECK(line_of(report_at(100), "names/cn-only") == "names/cn-only                                known");
}

TEST_CASE("a case is told with its clauses and the command that repeats it", "[terminal]") {
    CHECK(case_text(synthetic::failed(), {}) ==
          "FAIL   names/wrong-name  curl strict\n"
          "       Expected refuse; the client sent the canary.  [TC-03, DK-60]\n"
          "       repeat: guise run --client curl --mode strict --only 'names/wrong-name'\n");
}

TEST_CASE("the clauses of a case are those of the check that decided", "[terminal]") {
    CaseRecord record = synthetic::failed();
    record.judgement.checks.insert(record.judgement.checks.begin(),
                                   synthetic::decision(judge::Verdict::pass, "refuse", "refuse"));
    record.judgement.checks[0].clauses = {"TC-01"};
    CHECK(case_text(record, {}).find("[TC-03, DK-60]") != std::string::npos);
}

TEST_CASE("a known case is told with the reason of its entry", "[terminal]") {
    CHECK(case_text(synthetic::known(), {}) ==
          "known  names/cn-only  wget strict\n"
          "       Expected refuse; the client sent the canary.  [TC-03, DK-60]\n"
          "       known: the name in the CN still counts\n");
}

TEST_CASE("a fixed case asks for its entry to be removed", "[terminal]") {
    CHECK(case_text(synthetic::fixed(), {}).find("says that this fails; remove its entry\n") !=
          std::string::npos);
}

TEST_CASE("a run without cases still says what it comes to", "[terminal]") {
    Results results;
    results.end.exit = ExitCode::nothing;
    results.end.reason = "nothing was selected";
    CHECK(terminal_report(results, {}) == "\n0 cases in 0.0 s: none. Nothing was selected (exit 5).\n");
}

}  // namespace guise::report::terminal_test
