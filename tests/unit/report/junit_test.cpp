#include "report/junit.hpp"

#include "report/approved.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>
#include <pugixml.hpp>

#include <iterator>
#include <set>

namespace guise::report::junit_test {

using namespace guise::evidence;
using judge::Verdict;

namespace {

// The only case of a run, as a CI service reads it.
struct OneCase {
    pugi::xml_document document;
    pugi::xml_node test;

    explicit OneCase(CaseRecord record) {
        Results results;
        results.cases.push_back(std::move(record));
        const std::string text = junit_report(results);
        REQUIRE(document.load_string(text.c_str()));
        test = document.child("testsuites").child("testsuite").child("testcase");
    }
    // The element and its type, `failure decision`; empty for a pass.
    std::string child() const {
        for (const pugi::xml_node& node : test.children())
            if (std::string(node.name()) != "system-out")
                return std::string(node.name()) + " " + node.attribute("type").value();
        return {};
    }
};

pugi::xml_document everything() {
    pugi::xml_document out;
    REQUIRE(out.load_string(junit_report(synthetic::every_verdict()).c_str()));
    return out;
}

}  // namespace

TEST_CASE("the JUnit report of every verdict is as approved", "[junit][approved]") {
    check_approved("every-verdict.approved.xml", junit_report(synthetic::every_verdict()));
}

TEST_CASE("a suite is a client in a mode", "[junit]") {
    std::vector<std::string> names;
    const auto document = everything();
    for (const pugi::xml_node& suite : document.child("testsuites").children("testsuite"))
        names.emplace_back(suite.attribute("name").value());
    CHECK(names == std::vector<std::string>{"curl disabled", "curl strict", "wget strict"});
}

TEST_CASE("the numbers of a suite are those of its cases", "[junit]") {
    const auto document = everything();
    const auto suite = document.child("testsuites").find_child_by_attribute("name", "curl strict");
    CHECK(suite.attribute("tests").as_int() == 7);
    CHECK(suite.attribute("failures").as_int() == 1);
    CHECK(suite.attribute("errors").as_int() == 2);
    CHECK(suite.attribute("skipped").as_int() == 2);
}

TEST_CASE("a case has at most one child besides its output", "[junit]") {
    const auto document = everything();
    for (const pugi::xpath_node& found : document.select_nodes("//testcase")) {
        const auto children = found.node().children();
        CHECK(std::distance(children.begin(), children.end()) <= 2);
        CHECK(std::string(found.node().last_child().name()) == "system-out");
    }
}

TEST_CASE("each verdict has its element", "[junit]") {
    CHECK(OneCase(synthetic::make_case("a/b", Verdict::pass)).child().empty());
    CHECK(OneCase(synthetic::make_case("a/b", Verdict::note)).child().empty());
    CHECK(OneCase(synthetic::failed()).child() == "failure decision");
    CHECK(OneCase(synthetic::make_case("a/b", Verdict::inconclusive)).child() == "error inconclusive");
    CHECK(OneCase(synthetic::make_case("a/b", Verdict::error)).child() == "error error");
    CHECK(OneCase(synthetic::make_case("a/b", Verdict::not_applicable)).child() == "skipped not-applicable");
    CHECK(OneCase(synthetic::make_case("a/b", Verdict::not_run)).child() == "skipped not-run");
}

TEST_CASE("a known failure is skipped and a fixed one fails", "[junit]") {
    CHECK(OneCase(synthetic::known()).child() == "skipped xfail");
    CHECK(OneCase(synthetic::fixed()).child() == "failure known-behaviour");
}

TEST_CASE("a known note is a pass like any note", "[junit]") {
    CaseRecord record = synthetic::known();
    record.judgement.verdict = Verdict::note;
    CHECK(OneCase(record).child().empty());
}

TEST_CASE("the type of a failure is the check that failed", "[junit]") {
    CaseRecord record = synthetic::failed();
    record.judgement.checks.insert(record.judgement.checks.begin(),
                                   synthetic::decision(Verdict::pass, "refuse", "refuse"));
    record.judgement.checks[1].name = "canary";
    CHECK(OneCase(record).child() == "failure canary");
}

TEST_CASE("the text of a child tells every check, and how to repeat it", "[junit]") {
    const OneCase one(synthetic::failed());
    CHECK(std::string(one.test.child("failure").text().get()) ==
          "Expected refuse; the client sent the canary.\n"
          "decision: visit 1 fail: expected refuse, observed accept: sent the canary\n"
          "repeat: guise run --client curl --mode strict --only 'names/wrong-name'\n");
}

TEST_CASE("the output of a case tells what the elements of JUnit cannot", "[junit]") {
    const OneCase one(synthetic::known());
    CHECK(std::string(one.test.child("system-out").text().get()) ==
          "[[PROPERTY|verdict=fail]]\n[[PROPERTY|disposition=expected]]\n[[PROPERTY|severity=critical]]\n");
}

TEST_CASE("a client's text is text: markup, control characters and quotes survive", "[junit]") {
    CaseRecord record = synthetic::failed();
    record.judgement.sentence = "<b> & \"x\" ]]> \x1b[31m " + std::string(1, '\0') + " \x01 \r \x7f \xc3\xa9";
    const OneCase one(record);
    const std::string survived = "<b> & \"x\" ]]> \\x1b[31m \\x00 \\x01 \\x0d \x7f \xc3\xa9";
    CHECK(one.test.child("failure").attribute("message").value() == survived);
    CHECK(std::string(one.test.child("failure").text().get()).starts_with(survived + "\n"));
}

TEST_CASE("bytes that are no UTF-8 are written as their numbers", "[junit]") {
    for (const auto& [bytes, text] : {std::pair<std::string, std::string>{"\xff", "\\xff"},
                                      {"\xc3(", "\\xc3("},                  // cut short
                                      {"\xc0\xaf", "\\xc0\\xaf"},           // longer than it need be
                                      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},  // half of a surrogate pair
                                      {"\xef\xbf\xbf", "\\xef\\xbf\\xbf"},  // U+FFFF has no place in XML
                                      {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // above U+10FFFF
                                      {"\xf0\x9f\x99\x82 \xe2\x82\xac", "\xf0\x9f\x99\x82 \xe2\x82\xac"}}) {
        CaseRecord record = synthetic::failed();
        record.judgement.sentence = bytes;
        CHECK(OneCase(record).test.child("failure").attribute("message").value() == text);
    }
}

TEST_CASE("a case keeps its name whenever and wherever it runs", "[junit]") {
    CaseRecord other = synthetic::failed();
    other.lasted = std::chrono::milliseconds(99);
    other.client_version = "9";
    other.session = "elsewhere";
    const OneCase one(synthetic::failed());
    const OneCase two(other);
    for (const char* attribute : {"classname", "name"})
        CHECK(std::string(one.test.attribute(attribute).value()) == two.test.attribute(attribute).value());
    CHECK(std::string(one.test.attribute("classname").value()) == "guise.names");
    CHECK(std::string(one.test.attribute("name").value()) == "names/wrong-name");
}

TEST_CASE("the time of a case is in seconds", "[junit]") {
    CHECK(std::string(OneCase(synthetic::failed()).test.attribute("time").value()) == "1.234");
}

TEST_CASE("a run without cases is a document without suites", "[junit]") {
    pugi::xml_document document;
    REQUIRE(document.load_string(junit_report(Results{}).c_str()));
    CHECK(document.child("testsuites"));
    CHECK_FALSE(document.child("testsuites").first_child());
}

TEST_CASE("a case whose runs differ tells how often each verdict came", "[junit]") {
    CaseRecord record = synthetic::failed();
    const auto output = [&] { return std::string(OneCase(record).test.child("system-out").text().get()); };
    record.spread = {{Verdict::fail, true, {1, 2}, "It failed."}};
    CHECK(output().find("PROPERTY|runs") == std::string::npos);
    record.spread.push_back({Verdict::pass, true, {3}, "It passed."});
    CHECK_THAT(output(), Catch::EndsWith("[[PROPERTY|runs=2 of 3 runs failed, 1 passed]]\n"));
}

}  // namespace guise::report::junit_test
