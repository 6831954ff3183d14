#include "report/junit.hpp"

#include "judge/spread.hpp"
#include "report/matrix.hpp"
#include "report/summary.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string_view>

namespace guise::report {

namespace {

using judge::Disposition;
using judge::Verdict;

// How many bytes at the start of `text` are one character of XML 1.0 (section 2.2) in UTF-8; 0 where none.
std::size_t character_at(std::string_view text) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
    };
    const std::uint32_t first = byte(0);
    if (first < 0x80) return first >= 0x20 || first == '\n' || first == '\t' ? 1 : 0;
    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    std::uint32_t code = first & (0xffU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 0;
        code = code << 6 | (byte(i) & 0x3f);
    }
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xd800 && code < 0xe000;
    const bool shortest = first >= 0xc0 && first < 0xf8 && code >= least[size];
    return shortest && !surrogate && code != 0xfffe && code != 0xffff && code < 0x110000 ? size : 0;
}

// XML 1.0 has no place for most control characters, nor for what is no UTF-8; a client's text may hold any.
std::string printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t size = character_at(text);
        if (size > 0)
            out += text.substr(0, size);
        else
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

// The first check that failed.
std::string failed_check(const judge::Judgement& judgement) {
    for (const judge::Check& check : judgement.checks)
        if (check.verdict == Verdict::fail) return check.name;
    return "decision";
}

struct Child {
    const char* element;
    std::string type;
};

// Which child a case gets; none for a pass.
Child child_of(const CaseRecord& record) {
    if (record.disposition == Disposition::fixed) return {"failure", "known-behaviour"};
    if (cell_word(record) == "known" && record.judgement.verdict != Verdict::note)
        return {"skipped", "xfail"};
    switch (record.judgement.verdict) {
        case Verdict::fail:
            return {"failure", failed_check(record.judgement)};
        case Verdict::error:
        case Verdict::inconclusive:
            return {"error", std::string(word(record.judgement.verdict))};
        case Verdict::not_applicable:
        case Verdict::not_run:
            return {"skipped", std::string(word(record.judgement.verdict))};
        case Verdict::pass:
        case Verdict::note:
            break;
    }
    return {nullptr, {}};
}

std::string details(const CaseRecord& record) {
    std::string out = record.judgement.sentence + "\n";
    for (const judge::Check& check : record.judgement.checks)
        out += fmt::format("{}: visit {} {}: expected {}, observed {}\n", check.name, check.visit,
                           word(check.verdict), check.expected, check.observed);
    if (!record.known.empty()) out += fmt::format("known: {}\n", record.known);
    if (!record.repro.empty()) out += fmt::format("repeat: {}\n", record.repro);
    return printable(out);
}

// What the elements of JUnit cannot tell. Jenkins' schema knows properties of a suite and none of a case, so
// they are lines of its output, in the form that readers of JUnit have agreed on for that.
void add_properties(pugi::xml_node test, const CaseRecord& record) {
    std::string lines;
    for (const auto& [name, value] :
         {std::pair<const char*, std::string>{"verdict", std::string(word(record.judgement.verdict))},
          {"disposition", std::string(word(record.disposition))},
          {"severity", record.severity},
          {"runs", judge::spread_text(record.spread)}})
        if (!value.empty()) lines += fmt::format("[[PROPERTY|{}={}]]\n", name, printable(value));
    test.append_child("system-out").append_child(pugi::node_pcdata).set_value(lines.c_str());
}

void add_case(pugi::xml_node suite, const CaseRecord& record) {
    pugi::xml_node test = suite.append_child("testcase");
    test.append_attribute("classname") = fmt::format("guise.{}", record.area).c_str();
    test.append_attribute("name") = record.id.scenario.text().c_str();
    test.append_attribute("time") =
        fmt::format("{:.3f}", static_cast<double>(record.lasted.count()) / 1000.0).c_str();
    const Child child = child_of(record);
    if (child.element) {
        pugi::xml_node node = test.append_child(child.element);
        node.append_attribute("type") = child.type.c_str();
        node.append_attribute("message") = printable(record.judgement.sentence).c_str();
        node.append_child(pugi::node_pcdata).set_value(details(record).c_str());
    }
    add_properties(test, record);
}

void count_children(pugi::xml_node suite) {
    for (const auto& [attribute, element] :
         {std::pair{"failures", "failure"}, std::pair{"errors", "error"}, std::pair{"skipped", "skipped"}}) {
        int number = 0;
        for (pugi::xml_node test : suite.children("testcase")) number += !test.child(element).empty();
        suite.append_attribute(attribute) = number;
    }
}

// A tree for each suite: one of a whole run would be many times the size of its text.
void print_suite(std::ostream& out, const Matrix& matrix, const MatrixColumn& column) {
    pugi::xml_document document;
    pugi::xml_node suite = document.append_child("testsuite");
    suite.append_attribute("name") = fmt::format("{} {}", column.client, column.mode).c_str();
    int tests = 0;
    for (const SharedText& row : matrix.rows)
        if (const CaseRecord* record = matrix.at(row, column)) {
            add_case(suite, *record);
            ++tests;
        }
    suite.append_attribute("tests") = tests;
    count_children(suite);
    suite.print(out, "  ", pugi::format_default, pugi::encoding_utf8, 1);
}

}  // namespace

std::string junit_report(const Results& results) {
    std::ostringstream out;
    out << "<?xml version=\"1.0\"?>\n<testsuites name=\"guise\">\n";
    const Matrix matrix = make_matrix(results);
    for (const MatrixColumn& column : matrix.columns) print_suite(out, matrix, column);
    out << "</testsuites>\n";
    return out.str();
}

}  // namespace guise::report
