#include "report/markdown.hpp"

#include "report/approved.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>

namespace guise::report::markdown_test {

using namespace guise::evidence;

namespace {

Results one(CaseRecord record) {
    Results out;
    out.cases.push_back(std::move(record));
    return out;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the Markdown report of every verdict is as approved", "[markdown][approved]") {
    check_approved("every-verdict.approved.md", markdown_report(synthetic::every_verdict()));
}

TEST_CASE("what Markdown would read as a mark is escaped", "[markdown]") {
    CaseRecord record = synthetic::failed();
    record.judgement.sentence = "a|b *c* _d_ `e` [f](g) <h> \\";
    CHECK(has(markdown_report(one(record)), "a\\|b \\*c\\* \\_d\\_ \\`e\\` \\[f\\](g) \\<h> \\\\\n"));
}

TEST_CASE("the ids of variants are escaped in the matrix and in the list", "[markdown]") {
    CaseRecord record = synthetic::failed();
    record.id.scenario = "names/wrong-name[tls=1.2]";
    const std::string text = markdown_report(one(record));
    CHECK(has(text, "| names/wrong-name\\[tls=1.2\\] | **fail** |"));
    CHECK(has(text, "- fail **names/wrong-name\\[tls=1.2\\]**, curl strict: "));
}

TEST_CASE("a text of several lines stays on one", "[markdown]") {
    CaseRecord record = synthetic::failed();
    record.judgement.sentence = "one\ntwo";
    CHECK(has(markdown_report(one(record)), ": one two\n"));
}

TEST_CASE("a row of the matrix has as many cells as there are columns", "[markdown]") {
    const std::string text = markdown_report(synthetic::every_verdict());
    CHECK(has(text, "| scenario | curl disabled | curl strict | wget strict |\n|---|---|---|---|\n"));
    CHECK(has(text, "| names/cn-only |  |  | known |\n"));
    CHECK(has(text, "| trust/ca-signed | ok | ok |  |\n"));
}

TEST_CASE("a client that took no part says why", "[markdown]") {
    CHECK(has(markdown_report(synthetic::every_verdict()), "- gnutls-cli: took no part, not installed\n"));
}

TEST_CASE("a known case says why it is known", "[markdown]") {
    CHECK(has(markdown_report(one(synthetic::known())), " Known: the name in the CN still counts.\n"));
}

TEST_CASE("a run of plain passes has no list of what is not", "[markdown]") {
    CHECK_FALSE(has(markdown_report(one(synthetic::make_case("a/b"))), "Not a plain pass"));
}

}  // namespace guise::report::markdown_test
