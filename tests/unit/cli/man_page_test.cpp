#include "cli/man_page.hpp"

#include "cli/program.hpp"

#include <catch2/catch.hpp>

namespace guise::cli::man_page_test {
namespace {

const std::vector<CommandEntry> table{
    {"", "A program", "", {}},
    {"list",
     "List it\n.with a dot",
     "Examples:\n  guise list 'a\\b'",
     {{{"-q", "--quiet"}, "Say nothing", ""},
      {{"--out"}, "Where", "TEXT"},
      {{"THING"}, "What", "TEXT", true}}},
    {"list all", "List all", "", {}},
};

}  // namespace

TEST_CASE("a page is named by its command", "[cli][man]") {
    CHECK(man_page_name(table[0]) == "guise.1");
    CHECK(man_page_name(table[2]) == "guise-list-all.1");
}

TEST_CASE("a page has the command's options, arguments and examples", "[cli][man]") {
    const std::string page = man_page(table[1], table);
    CHECK(page.starts_with(std::string(man_page_mark) + "\n.TH guise\\-list 1 "));
    CHECK(has(page, ".SH NAME\nguise\\-list \\- List it\n"));
    CHECK(has(page, ".TP\n\\fB\\-q\\fR, \\fB\\-\\-quiet\\fR\nSay nothing\n"));
    CHECK(has(page, "\\fB\\-\\-out\\fR \\fITEXT\\fR\nWhere\n"));
    CHECK(has(page, "[\\fIoptions\\fR] \\fITHING\\fR\n"));
    CHECK(has(page, ".SH EXAMPLES\n.nf\nExamples:\n  guise list 'a\\eb'\n.fi\n"));
}

TEST_CASE("what begins with a dot is text, and no request", "[cli][man]") {
    CHECK(has(man_page(table[1], table), "\n\\&.with a dot\n"));
}

TEST_CASE("pages name those above and below them", "[cli][man]") {
    CHECK(has(man_page(table[0], table), ".SH SEE ALSO\n.BR guise\\-list (1)\n"));
    CHECK(has(man_page(table[1], table), ".BR guise (1),\n.BR guise\\-list\\-all (1)\n"));
    CHECK_FALSE(has(man_page(table[0], table), "guise\\-list\\-all"));
}

}  // namespace guise::cli::man_page_test
