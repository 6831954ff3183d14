#include "clients/file/script.hpp"

#include "clients/client_files.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::script_test {
namespace {

const std::string terminal = with("driver", "terminal");

}  // namespace

TEST_CASE("the questions, words and memory of a client are read", "[script]") {
    const auto client = load_text(terminal + R"(
screen: pty
prompts:
  - {kind: warn, text: 'Host (?P<server>\S+)', asks: '\(y/N\): $', fields: {sha1: '(\S+)'}, answers: {connect: "y\n"}}
say: [{after: handshake, send: "GET {host}"}, {after: 'ready', send: "quit"}]
pins: {file: .demo/known_hosts, line: '^(?P<public_key>\S+)$'}
forget: {remove: ["{home}/.demo/known_hosts", .demo/*.pin]}
)");
    INFO((client ? "" : client.error().text()));
    REQUIRE(client.has_value());
    CHECK(client->screen == Screen::pty);
    REQUIRE(client->prompts.size() == 1);
    const Prompt& prompt = client->prompts[0];
    CHECK(prompt.kind == PromptKind::warn);
    REQUIRE(prompt.text);
    CHECK(prompt.text->names() == std::vector<std::string>{"server"});
    CHECK(prompt.asks.search_at_end("(y/N): "));
    CHECK(prompt.fields.at("sha1").search("ab")->value == "ab");
    CHECK(prompt.answers == std::map<Answer, std::string>{{Answer::connect, "y\n"}});
    REQUIRE(client->say.size() == 2);
    CHECK_FALSE(client->say[0].after);
    CHECK(client->say[0].send == "GET {host}");
    CHECK(client->say[1].after->search("ready"));
    REQUIRE(client->pins);
    CHECK(client->pins->file == ".demo/known_hosts");
    CHECK(client->pins->line.search("abc")->named.at("public_key") == "abc");
    CHECK(client->forget == std::vector<std::string>{"{home}/.demo/known_hosts", ".demo/*.pin"});
}

TEST_CASE("a client tells its events in a log, or to the address that it asks for", "[script]") {
    const auto logs = load_text(terminal + "events: {file: '{home}/log', line: 'bad (?P<server>.+)'}\n");
    REQUIRE(logs.has_value());
    CHECK(logs->events->file == "{home}/log");
    CHECK(logs->events->line.search("bad a:1")->named.at("server") == "a:1");
    CHECK(logs->tells_events);
    const auto posts = load_text(terminal + "env: {HOOK: '{events}'}\n");
    REQUIRE(posts.has_value());
    CHECK_FALSE(posts->events);
    CHECK(posts->tells_events);
    CHECK_FALSE(load_text(terminal)->tells_events);
    CHECK(problem_of(terminal + "events: {file: log, line: '(?P<who>.)'}\n")
              .text()
              .ends_with("expected groups `name`, `server` and `faults`, found 'who'"));
}

TEST_CASE("a client without any of it reads its screen from a pipe and asks nothing", "[script]") {
    const auto client = load_text(terminal);
    REQUIRE(client.has_value());
    CHECK(client->screen == Screen::pipe);
    CHECK(client->prompts.empty());
    CHECK(client->say.empty());
    CHECK_FALSE(client->pins);
    CHECK(client->forget.empty());
}

TEST_CASE("what is wrong with a question says where it is", "[script]") {
    CHECK(problem_of(terminal + "screen: tube\n").expected == "one of pipe, pty, rendered");
    CHECK(problem_of(terminal + "prompts: [{kind: beg, asks: x, answers: {}}]\n")
              .text()
              .ends_with(":7:18: expected one of ask, warn, found 'beg'"));
    CHECK(problem_of(terminal + "prompts: [{kind: ask, asks: x, answers: {ignore: x}}]\n").found ==
          "'ignore'");
    CHECK(problem_of(terminal + "prompts: [{kind: ask, asks: x}]\n").expected == "the key 'answers'");
    CHECK(problem_of(terminal + "prompts: [{kind: ask, answers: {}}]\n").expected == "the key 'asks'");
    CHECK(problem_of(terminal + "prompts: {kind: ask}\n").expected == "a list");
    CHECK(problem_of(terminal + "prompts: [{kind: ask, asks: x, answers: {}, keys: z}]\n").found ==
          "unknown key 'keys'");
    CHECK(problem_of(terminal + "say: [{after: handshake, send: '{nobody}'}]\n").found == "'{nobody}'");
    CHECK(problem_of(terminal + "pins: {file: x}\n").expected == "the key 'line'");
    CHECK(problem_of(terminal + "forget: {remove: ['{home}/{nobody}']}\n").found == "'{nobody}'");
}

TEST_CASE("every regular expression is tried when the file is read", "[script]") {
    const std::string rest = ", answers: {}}]\n";
    for (const std::string& wrong :
         {"prompts: [{kind: ask, asks: '(y'" + rest, "prompts: [{kind: ask, asks: x, text: '(y'" + rest,
          "prompts: [{kind: ask, asks: x, fields: {a: '(y'}" + rest,
          std::string("say: [{after: '(y', send: x}]\n"), std::string("pins: {file: x, line: '(y'}\n")}) {
        const Problem problem = problem_of(terminal + wrong);
        INFO(wrong);
        CHECK(problem.where.line == 7);
        CHECK(problem.expected == "a regular expression (ECMAScript, or with Python's named groups)");
        CHECK(problem.found.starts_with("'(y' ("));
    }
}

TEST_CASE("only what lies below the client's home or state can be removed", "[script]") {
    const auto remove = [](const std::string& path) {
        return with("run", "[demo, x]") + "state: '{home}/s'\nforget: {remove: ['" + path + "']}\n";
    };
    for (const char* path : {"/etc/passwd", "../x", "{home}/../x", "{home}", "{home}/", "*/x", "x/", ".",
                             "{here}/x", "{url}", "{host}/x"}) {
        INFO(path);
        CHECK(problem_of(remove(path)).expected.starts_with("the path of a file below the client's home"));
    }
    for (const char* path : {"x", ".x/known*", "{home}/x", "{state}/a/b*", "{home}/{host}-{port}"}) {
        INFO(path);
        CHECK(load_text(remove(path)).has_value());
    }
}

TEST_CASE("the exec driver cannot answer or read a screen, but forgets and tells pins", "[script]") {
    for (const char* key : {"screen", "prompts", "say"})
        CHECK(problem_of(with(key, "x")).found == "'" + std::string(key) + "' (not supported yet)");
    CHECK(load_text(minimal + "pins: {file: x, line: z}\nforget: {remove: x}\n").has_value());
}

}  // namespace guise::clients::script_test
