#include "base/temporary_folder.hpp"
#include "cli/program.hpp"
#include "server/kit.hpp"

#include <catch2/catch.hpp>

#include <fstream>

namespace guise::cli::manual_test {

namespace kit = guise::kit;

TEST_CASE("the completion of each shell knows every command", "[cli][manual]") {
    for (const char* shell : {"bash", "zsh", "fish"}) {
        const Ran ran = run_guise({"completion", shell});
        CHECK(ran.code == 0);
        for (const char* word : {"check-adapter", "keep-going", "completion", "scenarios"})
            CHECK(has(ran.out, word));
    }
    CHECK(run_guise({"completion", "tcsh"}).code == 4);
}

TEST_CASE("the manual has a page for each command", "[cli][manual]") {
    const guise::TemporaryFolder folder;
    const Ran ran = run_guise({"man", "--out", folder.path().string()});
    CHECK(ran.code == 0);
    for (const char* page : {"guise.1", "guise-run.1", "guise-list-scenarios.1"})
        CHECK(kit::fs::file_size(folder.path() / page) > 0);
    CHECK(run_guise({"man", "--out", folder.path().string()}).code == 0);
}

TEST_CASE("a page of somebody else is not overwritten", "[cli][manual]") {
    const guise::TemporaryFolder folder;
    std::ofstream(folder.path() / "guise-run.1") << "mine\n";
    CHECK(run_guise({"man", "--out", folder.path().string()}).code == 4);
    CHECK(kit::content_of(folder.path() / "guise-run.1") == "mine\n");
}

}  // namespace guise::cli::manual_test
