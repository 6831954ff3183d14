#include "cli/completion_text.hpp"

#include "cli/program.hpp"

#include <catch2/catch.hpp>

namespace guise::cli::completion_text_test {
namespace {

const std::vector<CommandEntry> table{
    {"", "A program", "", {{{"--data"}, "The data", "TEXT"}}},
    {"run", "Don't walk", "", {{{"-q", "--quiet"}, "Say nothing", ""}, {{"--client"}, "A client", "TEXT"}}},
    {"list", "List it", "", {{{"THING"}, "What", "TEXT", true}}},
    {"list all", "List all", "", {}},
};

}  // namespace

TEST_CASE("bash completes commands, and the options of each", "[cli][completion]") {
    const std::string text = completion_text(Shell::bash, table);
    CHECK(has(text, "run) words='-q --quiet --client --data' ;;"));
    CHECK(has(text, "list) words='all --data' ;;"));
    CHECK(has(text, "*) words='run list' ;;"));
    CHECK(has(text, "complete -o default -F _guise guise"));
}

TEST_CASE("zsh shows what each is for, quotes and all", "[cli][completion]") {
    const std::string text = completion_text(Shell::zsh, table);
    CHECK(text.starts_with("#compdef guise\n"));
    CHECK(has(text, R"('run:Don'\''t walk')"));
    CHECK(has(text, "'--quiet:Say nothing'"));
    CHECK(has(text, "words_of=(all)"));
}

TEST_CASE("fish is told each option with its command", "[cli][completion]") {
    const std::string text = completion_text(Shell::fish, table);
    CHECK(
        has(text, "complete -c guise -n '__fish_seen_subcommand_from run' -s q -l quiet -d 'Say nothing'\n"));
    CHECK(has(text, "-l client -r -a '(_guise_names clients)' -d 'A client'\n"));
    CHECK(has(text, "complete -c guise -l data -r -d 'The data'\n"));
    CHECK(has(text, "complete -c guise -n '__fish_seen_subcommand_from list' -a all\n"));
    CHECK_FALSE(has(text, "THING"));
}

}  // namespace guise::cli::completion_text_test
