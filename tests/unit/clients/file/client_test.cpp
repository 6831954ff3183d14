#include "clients/file/client.hpp"

#include "clients/client_files.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::client_test {

using namespace std::chrono_literals;

TEST_CASE("a client file becomes a client", "[client]") {
    const auto client = load_text(R"(client: demo
title: A demonstration
detect: {run: [demo, --version], version: '^demo (\S+)'}
packages: [demo, demo-data]
profile: tls-client
driver: exec
service: http
scenarios: [revocation/*, trust/*]
routing: [nss-wrapper, option]
run: [demo, "{mode}", "{url}"]
env: {DEMO: "{home}/demo"}
files: {.demo/config: "trust = {trust}"}
stdin: "GET {host}"
state: "{home}/demo"
deadline: 3s
clock: faketime
adapter: true
modes:
  strict: {add: [-s, "{trust}"], env: {A: b}, files: {rc: text}, run: [demo2], stdin: ""}
  disabled: {}
)");
    INFO((client ? "" : client.error().text()));
    REQUIRE(client.has_value());
    CHECK(client->name == "demo");
    CHECK(client->title == "A demonstration");
    CHECK(client->detect == std::vector<std::string>{"demo", "--version"});
    CHECK(client->packages == std::vector<std::string>{"demo", "demo-data"});
    CHECK(client->profile == "tls-client");
    CHECK(client->driver == "exec");
    CHECK(client->routing == std::vector<std::string>{"nss-wrapper", "option"});
    CHECK(client->env.at("DEMO") == "{home}/demo");
    CHECK(client->files.at(".demo/config") == "trust = {trust}");
    CHECK(client->input == "GET {host}");
    CHECK(client->state == "{home}/demo");
    CHECK(client->deadline == 3s);
    CHECK(client->faketime);
    CHECK(client->adapter);
    CHECK(client->scenarios == std::vector<std::string>{"revocation/*", "trust/*"});
    CHECK(client->profile_at.line == 5);
    CHECK(client->modes.at("disabled").where.line == 20);
    const ModeSettings& strict = client->modes.at("strict");
    CHECK(strict.add == std::vector<std::string>{"-s", "{trust}"});
    CHECK(strict.run == std::vector<std::string>{"demo2"});
    CHECK(strict.input == "");
    CHECK_FALSE(client->modes.at("disabled").input);
}

TEST_CASE("what a client file leaves out has a value of its own", "[client]") {
    const auto client = load_text(minimal);
    REQUIRE(client.has_value());
    CHECK(client->title == "demo");
    CHECK(client->service == "http");
    CHECK(client->scenarios.empty());
    CHECK(client->routing == std::vector<std::string>{"localhost"});
    CHECK(client->state == "none");
    CHECK(client->deadline == 10s);
    CHECK_FALSE(client->adapter);
    CHECK_FALSE(client->overlay);
}

TEST_CASE("a profile may be laid over another in the client file", "[client]") {
    const auto client = load_text(with("profile", "{extends: tls-client, modes: {}}"));
    REQUIRE(client.has_value());
    CHECK(client->profile == "demo");
    REQUIRE(client->overlay);
    CHECK(client->overlay->find("extends")->text == "tls-client");
    CHECK(problem_of(with("profile", "{modes: {}}")).expected ==
          "the name of a profile, or a map with 'extends'");
}

TEST_CASE("a problem says where it is, what was expected and what was found", "[client]") {
    CHECK(problem_of(with("driver", "exce"))
              .text()
              .ends_with(":4:9: expected one of exec, terminal, rpc, guided, found 'exce'"));
    CHECK(problem_of(with("run", "[demo, '{prot}']")).found == "'{prot}' (did you mean 'port'?)");
    CHECK(problem_of(with("run", "demo -q")).expected == "a list of arguments, the program first");
    CHECK(problem_of(with("run", "[]")).expected == "a list of arguments, the program first");
    CHECK(problem_of(with("modes", "{}")).expected == "a map with at least one mode");
    CHECK(problem_of(with("modes", "{strict: {ad: [x]}}")).found == "unknown key 'ad' (did you mean 'add'?)");
    CHECK(problem_of(with("colour", "red")).found == "unknown key 'colour'");
    CHECK(problem_of(with("client", "a/b")).found == "'a/b'");
    CHECK(problem_of(with("routing", "[option, option]")).expected == "each routing once");
    CHECK(problem_of(with("routing", "[hosts]")).found == "'hosts'");
    CHECK(problem_of(with("deadline", "10")).expected == "a time from 1s to 1h");
    CHECK(problem_of(with("deadline", "-1s")).expected == "a time from 1s to 1h");
    CHECK(problem_of(with("clock", "sundial")).expected == "one of faketime");
    CHECK(problem_of(with("env", "{A=B: c}")).expected == "the name of an environment variable");
}

TEST_CASE("placeholders are checked wherever they are filled in", "[client]") {
    for (const char* key : {"env", "files"})
        CHECK(problem_of(with(key, "{name: '{nobody}'}")).found == "'{nobody}'");
    CHECK(problem_of(with("stdin", "'{nobody}'")).found == "'{nobody}'");
    for (const char* key : {"add", "run"})
        CHECK(problem_of(with("modes", "{strict: {" + std::string(key) + ": ['{nobody}']}}")).found ==
              "'{nobody}'");
}

TEST_CASE("the version pattern is a regular expression with a group", "[client]") {
    CHECK(problem_of(with("detect", "{run: [demo], version: '(unfinished'}"))
              .found.starts_with("'(unfinished' ("));
    CHECK(problem_of(with("detect", "{run: [demo], version: 'demo'}")).found == "'demo'");
}

TEST_CASE("a file of a client lies below its home", "[client]") {
    for (const char* path : {"/etc/hosts", "../x", "a/../../x", "dir/", "."})
        CHECK(problem_of(with("files", "{'" + std::string(path) + "': text}")).expected ==
              "the path of a file below the client's home");
    CHECK(load_text(with("files", "{.config/demo/rc: text}")).has_value());
}

TEST_CASE("{state} means something only where the client has state", "[client]") {
    const std::string run = "[demo, '{state}']";
    CHECK(problem_of(with("run", run)).found == "none");
    CHECK(load_text(with("run", run) + "state: home\n").has_value());
    CHECK(load_text(with("run", run) + "state: '{home}/demo'\n").has_value());
    CHECK(problem_of(with("state", "'{state}/demo'")).found == "'{state}'");
    CHECK(problem_of(with("state", "somewhere")).expected == "none, home or a path");
}

TEST_CASE("{proxy} means something only where every routing is a proxy", "[client]") {
    const std::string run = with("run", "[demo, '{proxy}']");
    CHECK(problem_of(run).found == "localhost");
    CHECK(problem_of(run + "routing: [http-proxy, nss-wrapper]\n").found == "nss-wrapper");
    CHECK(load_text(run + "routing: [http-proxy, socks-proxy]\n").has_value());
}

TEST_CASE("all problems of a file are reported, in the order of its lines", "[client]") {
    const auto client = load_text("client: demo\ndriver: exce\nrun: [demo]\ncolour: red\n");
    REQUIRE_FALSE(client.has_value());
    std::vector<int> lines;
    for (const Problem& problem : client.error().list) lines.push_back(problem.where.line);
    CHECK(lines == std::vector{1, 1, 1, 2, 4});  // detect, profile and modes are missing
}

TEST_CASE("a file whose driver does not exist yet is held", "[client]") {
    const auto client = load_text(with("driver", "rpc"));
    REQUIRE(client.has_value());
    CHECK(client->driver == "rpc");
    CHECK(client->routing == std::vector<std::string>{"rpc"});
    CHECK(load_text(with("driver", "guided")).has_value());
}

TEST_CASE("the former name of routing is read for one version, with a warning that says where", "[client]") {
    const auto client = load_text(minimal + "reach: [option]\n");
    REQUIRE(client.has_value());
    CHECK(client->routing == std::vector<std::string>{"option"});
    REQUIRE(client->warnings.size() == 1);
    CHECK_THAT(
        client->warnings[0],
        Catch::EndsWith("demo.yaml:7:8: the key 'reach' is now called 'routing'; the next version does not "
                        "read it"));
    CHECK(load_text(minimal + "routing: [option]\n")->warnings.empty());
    CHECK(problem_of(minimal + "routing: [option]\nreach: [option]\n").expected == "'routing' alone");
}

TEST_CASE("a client file may say what exit codes mean", "[client]") {
    const auto client = load_text(minimal + "exit_codes: {accepted: 0, refused: [35, 60]}\n");
    REQUIRE(client.has_value());
    CHECK(client->exit_codes.accepted == std::set{0});
    CHECK(client->exit_codes.refused == std::set{35, 60});
    CHECK(load_text(minimal)->exit_codes.accepted.empty());
    for (const char* code : {"256", "-1", "many", "1x"})
        CHECK(problem_of(minimal + "exit_codes: {refused: [" + code + "]}\n").expected ==
              "an exit code, 0 to 255");
    CHECK(problem_of(minimal + "exit_codes: {accepted: 0, refused: [0, 1]}\n").found == "0 twice");
    CHECK(problem_of(minimal + "exit_codes: {trusted: 0}\n").found == "unknown key 'trusted'");
}

TEST_CASE("every client file of the project can be read", "[client]") {
    std::size_t read = 0;
    for (const char* folder : {"fixtures/clients", "tests/system/liars", "tests/system/routing"})
        for (const auto& entry :
             std::filesystem::directory_iterator(std::filesystem::path(GUISE_SOURCE_DIR) / folder)) {
            if (entry.path().extension() != ".yaml") continue;
            const auto client = load_client(entry.path(), built_in_tables().vocabulary());
            INFO((client ? "" : client.error().text()));
            REQUIRE(client.has_value());
            CHECK(client->name == entry.path().stem());
            CHECK(client->warnings.empty());
            ++read;
        }
    CHECK(read >= 21);
}

}  // namespace guise::clients::client_test
