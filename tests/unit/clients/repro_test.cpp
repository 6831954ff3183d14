#include "clients/launch.hpp"
#include "process/run_to_end.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::repro_test {

using namespace guise::evidence;
using namespace guise::process;

TEST_CASE("a command to paste is short where nothing needs quotes", "[repro]") {
    Launch launch;
    launch.argv = {"curl", "-q", "https://a.guise.test:4433/"};
    launch.env = {{"HOME", "/run/home"}, {"PATH", "/usr/bin"}};
    CHECK(repro_command(launch) ==
          R"(env -i HOME=/run/home PATH="$PATH" curl -q https://a.guise.test:4433/ </dev/null)");
    launch.directory = "/run/home";
    launch.input = "GET / HTTP/1.0\r\n\r\n";
    CHECK(repro_command(launch).starts_with(R"(cd /run/home && printf 'GET / HTTP/1.0\r\n\r\n' | env -i )"));
}

TEST_CASE("a command that asks leaves its input to whoever pastes it", "[repro]") {
    Launch launch;
    launch.argv = {"svn", "info"};
    launch.input_stays_open = true;
    CHECK(repro_command(launch) == "env -i svn info");
}

TEST_CASE("a shell reads the command as it was", "[repro]") {
    Launch launch = shell(R"(printf '%s|' "$@"; printf %s "$VALUE"; cat)");
    launch.argv.insert(launch.argv.end(),
                       {"sh", "a b", "it's", "", "$HOME `x` \"\\\"", "*", "line\nline\t\\'"});
    launch.env["VALUE"] = "50% 'of' $it";
    launch.input =
        "100%\\n 'quoted' \x01"
        "7\r\nend";
    const std::string line = repro_command(launch);
    CHECK(line.find('\n') == std::string::npos);

    Launch again;
    again.argv = {"bash", "-c", line};
    again.env = {{"PATH", "/usr/bin:/bin"}};
    CHECK(run_to_end(run_process(again)).output == run_to_end(run_process(launch)).output);
}

}  // namespace guise::clients::repro_test
