#include "clients/held.hpp"

#include "client_files.hpp"

#include <catch2/catch.hpp>

using namespace guise;
using namespace guise::clients;

namespace {

const std::string terminal = with("driver", "terminal");

}  // namespace

TEST_CASE("a terminal client with everything its driver will need can be read, and is held", "[held]") {
    const auto client = load_text(terminal + R"(
screen: pty
prompts:
  - {kind: ask, text: 'Host (?P<server>\S+)', asks: '\(y/N\): $', fields: {sha1: '(\S+)'}, answers: {connect: "y\n"}}
say: [{after: handshake, send: "GET {host}"}]
pins: {file: .demo/known_hosts, line: '^(\S+)$'}
forget: {remove: ["{home}/.demo/known_hosts"]}
)");
    INFO((client ? "" : client.error().text()));
    REQUIRE(client.has_value());
    CHECK(client->rest.find("prompts")->items.size() == 1);
}

TEST_CASE("what a later driver needs is checked all the same", "[held]") {
    CHECK(problem_of(terminal + "screen: tube\n").expected == "one of pipe, pty, rendered");
    CHECK(problem_of(terminal + "prompts: [{kind: beg, asks: x, answers: {}}]\n").found == "'beg'");
    CHECK(problem_of(terminal + "prompts: [{kind: ask, asks: x, answers: {ignore: x}}]\n").found ==
          "'ignore'");
    CHECK(problem_of(terminal + "prompts: [{kind: ask, asks: x}]\n").expected == "the key 'answers'");
    CHECK(problem_of(terminal + "prompts: {kind: ask}\n").expected == "a list");
    CHECK(problem_of(terminal + "say: [{after: handshake, send: '{nobody}'}]\n").found == "'{nobody}'");
    CHECK(problem_of(terminal + "pins: {file: x}\n").expected == "the key 'line'");
    CHECK(problem_of(terminal + "forget: {remove: ['{nobody}']}\n").found == "'{nobody}'");
}

TEST_CASE("the exec driver cannot answer or read a screen", "[held]") {
    for (const char* key : {"screen", "prompts", "say"})
        CHECK(problem_of(with(key, "x")).found == "'" + std::string(key) + "' (not supported yet)");
}
