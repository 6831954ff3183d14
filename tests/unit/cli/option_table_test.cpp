#include "cli/option_table.hpp"

#include <CLI/CLI.hpp>
#include <catch2/catch.hpp>

namespace guise::cli::option_table_test {
namespace {

// A program with an option, a command with an option, a flag and an argument, and a command below it.
std::vector<CommandEntry> small_table() {
    CLI::App app("A program", "guise");
    std::string text;
    bool flag = false;
    app.add_option("--data", text, "The data");
    CLI::App* list = app.add_subcommand("list", "List it");
    list->footer("Examples:\n  guise list");
    list->add_option("--out", text, "Where");
    list->add_flag("-q,--quiet", flag, "Say nothing");
    list->add_option("THING", text, "What");
    list->add_subcommand("all", "List all");
    return command_table(app);
}

}  // namespace

TEST_CASE("a program becomes a table of its commands, in order", "[cli][options]") {
    const auto table = small_table();
    REQUIRE(table.size() == 3);
    CHECK(table[0].name.empty());
    CHECK(table[1].name == "list");
    CHECK(table[1].what == "List it");
    CHECK(table[1].examples == "Examples:\n  guise list");
    CHECK(table[2].name == "list all");
}

TEST_CASE("an option has its names, what it is for, and the kind of its value", "[cli][options]") {
    const auto options = small_table()[1].options;
    const auto find = [&](const std::string& name) {
        for (const OptionEntry& option : options)
            if (option.names.back() == name) return option;
        return OptionEntry{};
    };
    CHECK(find("--out") == OptionEntry{{"--out"}, "Where", "TEXT", false});
    CHECK(find("--quiet") == OptionEntry{{"-q", "--quiet"}, "Say nothing", "", false});
    CHECK(find("THING") == OptionEntry{{"THING"}, "What", "TEXT", true});
    CHECK(find("--help").names == std::vector<std::string>{"-h", "--help"});
}

}  // namespace guise::cli::option_table_test
