#include "clients/launch.hpp"

#include "clients/accounts.hpp"
#include "clients/client_files.hpp"
#include "clients/preload.hpp"
#include "clients/routing/hosts_file.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::launch_test {

using namespace guise::evidence;
using namespace guise::process;
using namespace std::chrono_literals;
using Arguments = std::vector<std::string>;

namespace {

VisitPlace a_place() {
    VisitPlace place;
    place.address = "127.0.0.2";
    place.port = 4433;
    place.host = "changed-key.pin.guise.test";
    place.url = "https://changed-key.pin.guise.test:4433/";
    place.trust = "/run/trust.pem";
    place.canary = "c4n4ry";
    place.home = "/run/home";
    place.path = "/usr/bin";
    return place;
}

Launch prepared(const std::string& text, const VisitPlace& place = a_place()) {
    return prepare(load_text(text).value(), "strict", place);
}

}  // namespace

TEST_CASE("the mode's arguments stand where run says so, each an argument of its own", "[launch]") {
    const std::string run = with("run", "[demo, '{mode}', '{url}']");
    CHECK(prepared(run).argv == Arguments{"demo", "https://changed-key.pin.guise.test:4433/"});
    const auto client = load_text(
        "client: demo\ndetect: {run: [demo], version: '(x)'}\nprofile: p\ndriver: exec\n"
        "run: [demo, '{mode}', last]\nmodes: {strict: {add: [--ca, '{trust}']}}\n");
    CHECK(prepare(*client, "strict", a_place()).argv == Arguments{"demo", "--ca", "/run/trust.pem", "last"});
}

TEST_CASE("without a place of their own the mode's arguments come last", "[launch]") {
    CHECK(prepared(with("modes", "{strict: {add: ['{mode}-{user}']}}")).argv ==
          Arguments{"demo", "strict-guise"});
}

TEST_CASE("a mode may have a command and an input of its own", "[launch]") {
    const Launch launch = prepared(with("modes", "{strict: {run: [other, '{host}'], stdin: '{canary}'}}"));
    CHECK(launch.argv == Arguments{"other", "changed-key.pin.guise.test"});
    CHECK(launch.input == "c4n4ry");
    CHECK(prepared(with("stdin", "'{address}:{port}'")).input == "127.0.0.2:4433");
}

TEST_CASE("the environment holds what the file says on top of a minimum", "[launch]") {
    const Launch launch = prepared(with("modes", "{strict: {env: {LANG: C, CANARY: '{canary}'}}}"));
    CHECK(launch.env == std::map<std::string, std::string>{{"PATH", "/usr/bin"},
                                                           {"LANG", "C"},
                                                           {"HOME", "/run/home"},
                                                           {"TMPDIR", "/run/home/tmp"},
                                                           {"CANARY", "c4n4ry"}});
    CHECK(launch.directory == "/run/home");
}

TEST_CASE("the mode's environment wins over the client's", "[launch]") {
    const auto client =
        load_text(with("modes", "{strict: {env: {A: mode}}}") + "env: {A: client, B: client}\n");
    const Launch launch = prepare(*client, "strict", a_place());
    CHECK(launch.env.at("A") == "mode");
    CHECK(launch.env.at("B") == "client");
}

TEST_CASE("nss_wrapper gets its hosts file and its preload", "[launch]") {
    VisitPlace place = a_place();
    place.routing = routing("nss-wrapper");
    const Launch launch = prepared(minimal, place);
    CHECK(launch.env.at("LD_PRELOAD") == find_nss_wrapper().string());
    CHECK(launch.env.at("NSS_WRAPPER_HOSTS") == "/run/home/hosts");
    CHECK(launch.env.at("NSS_WRAPPER_PASSWD") == "/run/home/passwd");
    CHECK(files_of(load_text(minimal).value(), "strict", place).at("hosts") ==
          "127.0.0.2 changed-key.pin.guise.test\n");
}

TEST_CASE("a client that remembers has its case's home in the password database too", "[launch]") {
    const auto remembers = load_text(std::string(minimal) + "state: home\n").value();
    CHECK(prepare(remembers, "strict", a_place()).env.contains("NSS_WRAPPER_PASSWD") ==
          !find_nss_wrapper().empty());
    CHECK(files_of(remembers, "strict", a_place()).contains("passwd") == !find_nss_wrapper().empty());
    CHECK_FALSE(prepared(minimal).env.contains("NSS_WRAPPER_PASSWD"));
}

TEST_CASE("a private hosts file is wrapped around the command", "[launch]") {
    VisitPlace place = a_place();
    place.routing = routing("hosts-file");
    place.path = "/usr/bin:/bin";
    const Launch launch = prepared(with("run", "[sh, -c, 'echo {host}']"), place);
    CHECK(launch.argv ==
          with_hosts_file(private_hosts().option, "/run/home/hosts", {"sh", "-c", "echo " + place.host}));
    CHECK(launch.argv[0] == "unshare");
    CHECK(launch.env == prepared(with("run", "[sh]"),
                                 [&] {
                                     place.routing = routing("option");
                                     return place;
                                 }())
                            .env);
    place.routing = routing("hosts-file");
    CHECK(files_of(load_text(minimal).value(), "strict", place) ==
          std::map<std::string, std::string>{
              {"hosts", "127.0.0.2 changed-key.pin.guise.test\n127.0.0.1 localhost\n::1 localhost\n"}});
}

TEST_CASE("a program that is not there is missed by its own name, not by a shell", "[launch]") {
    VisitPlace place = a_place();
    place.routing = routing("hosts-file");
    CHECK(prepared(with("run", "[no-such-program]"), place).argv == Arguments{"no-such-program"});
}

TEST_CASE("an HTTP proxy is in the variables for it, and in {proxy}", "[launch]") {
    VisitPlace place = a_place();
    place.routing = routing("http-proxy");
    place.proxy_port = 3128;
    const Launch launch = prepared(with("run", "[demo, '-x{proxy}']") + "routing: http-proxy\n", place);
    CHECK(launch.argv == Arguments{"demo", "-x127.0.0.2:3128"});
    for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY"})
        CHECK(launch.env.at(name) == "http://127.0.0.2:3128");
    CHECK(launch.env.at("NO_PROXY").empty());
    CHECK_FALSE(launch.env.contains("ALL_PROXY"));
}

TEST_CASE("a SOCKS proxy is in the variables for all protocols, and resolves the name", "[launch]") {
    VisitPlace place = a_place();
    place.routing = routing("socks-proxy");
    place.proxy_port = 1080;
    const Launch launch = prepared(minimal, place);
    for (const char* name : {"all_proxy", "ALL_PROXY"})
        CHECK(launch.env.at(name) == "socks5h://127.0.0.2:1080");
    CHECK(launch.env.at("NO_PROXY").empty());
    CHECK_FALSE(launch.env.contains("https_proxy"));
}

TEST_CASE("no other way tells a client of a proxy", "[launch]") {
    CHECK_FALSE(prepared(minimal).env.contains("NO_PROXY"));
}

TEST_CASE("the clock is moved only for a client that asks for it, in a run that has its own time",
          "[launch]") {
    VisitPlace place = a_place();
    CHECK_FALSE(prepared(with("clock", "faketime"), place).env.contains("FAKETIME"));
    place.now = std::chrono::sys_seconds(1'700'000'000s);
    CHECK_FALSE(prepared(minimal, place).env.contains("FAKETIME"));
    const Launch launch = prepared(with("clock", "faketime"), place);
    CHECK(launch.env.at("FAKETIME") == "@1700000000");
    CHECK(launch.env.at("LD_PRELOAD") == find_faketime().string());
}

TEST_CASE("a client that is told its deadline gets some grace, others do not", "[launch]") {
    CHECK(prepared(minimal).deadline == 10s);
    CHECK(prepared(with("run", "[demo, '{deadline}']")).deadline == 10s + grace);
    CHECK(prepared(with("files", "{rc: 'timeout={deadline}'}")).deadline == 10s + grace);
}

TEST_CASE("the state is the home, or the path of the file, or what the place says", "[launch]") {
    const std::string run = with("run", "[demo, '{state}']");
    CHECK(prepared(run + "state: home\n").argv[1] == "/run/home");
    CHECK(prepared(run + "state: '{home}/demo'\n").argv[1] == "/run/home/demo");
    VisitPlace place = a_place();
    place.state = "/run/state";
    CHECK(prepared(run + "state: home\n", place).argv[1] == "/run/state");
}

TEST_CASE("{here} is the directory of the client file", "[launch]") {
    Client client = load_text(with("run", "[demo, '{here}/x.py']")).value();
    client.file = "/fixtures/clients/demo.yaml";
    CHECK(prepare(client, "strict", a_place()).argv[1] == "/fixtures/clients/x.py");
}

TEST_CASE("the mode's files win over the client's", "[launch]") {
    const auto client = load_text(with("modes", "{strict: {files: {rc: 'ca={trust}'}}}") +
                                  "files: {rc: none, .demo/port: '{port}'}\n");
    CHECK(files_of(*client, "strict", a_place()) ==
          std::map<std::string, std::string>{{"rc", "ca=/run/trust.pem"}, {".demo/port", "4433"}});
}

TEST_CASE("a host that is an address may want other arguments", "[launch]") {
    const std::string text =
        with("modes", "{strict: {add: [-verify_hostname, '{host}'], to-address: [-verify_ip, '{host}']}}");
    CHECK(prepared(text).argv == Arguments{"demo", "-verify_hostname", "changed-key.pin.guise.test"});
    VisitPlace place = a_place();
    for (const char* host : {"127.0.0.1", "::1"}) {
        place.host = host;
        CHECK(prepared(text, place).argv == Arguments{"demo", "-verify_ip", host});
    }
    CHECK(prepared(with("modes", "{strict: {add: ['{host}']}}"), place).argv == Arguments{"demo", "::1"});
}

TEST_CASE("an IPv6 address is filled in as it stands before a port", "[launch]") {
    VisitPlace place = a_place();
    place.address = "::1";
    CHECK(prepared(with("stdin", "'{address}:{port}'"), place).input == "[::1]:4433");
}

}  // namespace guise::clients::launch_test
