#include "cli/command.hpp"

#include "cli/program.hpp"
#include "run/version.hpp"

#include <CLI/CLI.hpp>
#include <catch2/catch.hpp>

namespace guise::cli::command_test {

TEST_CASE("--version says the version and exits 0", "[command]") {
    const Ran ran = run_guise({"--version"});
    CHECK(ran.code == 0);
    CHECK(ran.out == "guise " + std::string(version) + "\n");
}

TEST_CASE("--help exits 0 and shows every command, examples and the exit codes", "[command]") {
    const Ran ran = run_guise({"--help"});
    CHECK(ran.code == 0);
    CHECK(ran.err.empty());
    for (const char* part :
         {"run", "serve", "list", "explain", "show", "Examples:", "Exit codes: 0 as expected"})
        CHECK(has(ran.out, part));
}

TEST_CASE("each command has a --help with examples that exits 0", "[command]") {
    for (const char* command : {"run", "serve", "list", "explain", "show"}) {
        const Ran ran = run_guise({command, "--help"});
        CHECK(ran.code == 0);
        CHECK(has(ran.out, "Examples:\n  guise " + std::string(command)));
    }
}

TEST_CASE("a wrong command line exits 4 and says why on standard error", "[command]") {
    for (const auto& arguments : std::vector<std::vector<std::string>>{{},
                                                                       {"sing"},
                                                                       {"--loud"},
                                                                       {"run", "--loud"},
                                                                       {"list"},
                                                                       {"list", "songs"},
                                                                       {"explain"},
                                                                       {"show"}}) {
        const Ran ran = run_guise(arguments);
        CHECK(ran.code == 4);
        CHECK(ran.out.empty());
        CHECK_FALSE(ran.err.empty());
    }
}

TEST_CASE("a command that does not exist is named beside those that do", "[command]") {
    const Ran sung = run_guise({"sing", "loudly"});
    CHECK(sung.code == 4);
    CHECK(has(sung.err, "unknown command 'sing'; use one of run, try, serve, "));
    CHECK(has(run_guise({}).err, "no command given; use one of "));
}

TEST_CASE("data that is not there exits 4, whatever the command", "[command]") {
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"list", "scenarios"}, {"explain", "trust/self-signed"}, {"run"}, {"serve"}}) {
        std::vector<std::string> all = arguments;
        all.insert(all.end(), {"--data", "/nowhere"});
        const Ran ran = run_guise(all);
        CHECK(ran.code == 4);
        CHECK_FALSE(ran.err.empty());
    }
}

TEST_CASE("problems are said line by line on standard error", "[command]") {
    Problems problems;
    problems.add({"a.yaml", 1, 2}, "a fruit", "'stone'");
    problems.add({}, "another", "none");
    std::stringbuf text;
    const Captured captured(std::cerr, &text);
    CHECK(say(problems) == ExitCode::usage);
    CHECK(say(problems, ExitCode::environment) == ExitCode::environment);
    const std::string once = "a.yaml:1:2: expected a fruit, found 'stone'\nexpected another, found none\n";
    CHECK(text.str() == once + once);
}

TEST_CASE("a command's body runs when it was chosen, after all options have been read", "[command]") {
    CLI::App app;
    Program program;
    bool ran = false;
    add_command(app, program, "sing", "Sing", "  guise sing", [&] {
        ran = true;
        return ExitCode::stale;
    });
    app.parse("sing");
    CHECK_FALSE(ran);
    REQUIRE(program.chosen);
    CHECK(program.chosen() == ExitCode::stale);
}

}  // namespace guise::cli::command_test
