// Reading good scenario files, and those broken as a file. What is broken in a visit is at the end.
#include "scenario/kit.hpp"

namespace guise::scenario::load_test {
namespace {

using namespace std::chrono_literals;
using namespace test;
using Names = std::vector<std::string>;

TEST_CASE("the head of a scenario is kept", "[scenario][load]") {
    const Scenario read = scenario_of(with(""));
    CHECK(read.id == "area/name");
    CHECK(read.base == "area/name");
    CHECK(read.area() == "area");
    CHECK(read.axes.empty());
    CHECK(read.title == "A title");
    CHECK(read.severity == Severity::high);
    CHECK(read.control == "trust/ca-signed");
    CHECK(read.where.line == 1);
}

TEST_CASE("what a scenario does not say has its default", "[scenario][load]") {
    const Scenario read =
        scenario_of("id: area/name\ntitle: A title\nseverity: low\nvisits: [{present: {leaf: leaf}}]\n");
    CHECK(read.control.empty());
    CHECK(read.about.empty());
    CHECK(read.combines.empty());
    CHECK(read.modes.empty());
    CHECK(read.clients.empty());
    CHECK(read.trust.empty());
    CHECK(read.expect.empty());
    CHECK(read.versions == tls::Versions::any);
}

TEST_CASE("the comment that opens a file is what the scenario is about", "[scenario][load]") {
    const Scenario read = scenario_of("# one\n#\n#two\n" + with("# not this\n"));
    CHECK(read.about == "one\n\ntwo\n");
    CHECK(read.where.line == 4);
}

TEST_CASE("a scenario may name start modes, one or several", "[scenario][load]") {
    CHECK(scenario_of(with("modes: default\n")).modes == Names{"default"});
    CHECK(scenario_of(with("modes: [strict, disabled]\n")).modes == Names{"strict", "disabled"});
}

TEST_CASE("a scenario may fix the protocol version", "[scenario][load]") {
    CHECK(scenario_of(with("tls: '1.2'\n")).versions == tls::Versions::tls12);
    CHECK(scenario_of(with("tls: '1.3'\n")).versions == tls::Versions::tls13);
}

TEST_CASE("the host may be an address, and is a name where nothing is said", "[scenario][load]") {
    CHECK(scenario_of(with("")).host == pki::HostKind::name);
    const Scenario read = scenario_of(
        "id: area/name\ntitle: A title\nseverity: low\nhost: ipv6\nvisits: [{present: {leaf: ip-leaf}}]\n");
    CHECK(read.host == pki::HostKind::ipv6);
    CHECK(std::get<Connect>(read.visits.at(0).action).present.host == pki::HostKind::ipv6);
}

TEST_CASE("what is sent may be said part by part", "[scenario][load]") {
    const Scenario read = scenario_of(visits("{present: {leaf: leaf, send: [leaf, root]}}"));
    const auto& send = std::get<Connect>(read.visits.at(0).action).present.send;
    REQUIRE(send.size() == 2);
    CHECK(send[1].part == pki::Part::root);
}

TEST_CASE("further clients are labels with modes", "[scenario][load]") {
    const Scenario read =
        scenario_of(visits("{present: {leaf: leaf}, client: second}") + "clients: {second: strict}\n");
    CHECK(read.clients == std::map<std::string, std::string>{{"second", "strict"}});
    CHECK(read.visits.at(0).client == "second");
}

TEST_CASE("installed certificates are named by recipe and key", "[scenario][load]") {
    const Scenario read = scenario_of(with("trust: [{leaf: self-signed}, {leaf: generated, key: b}]\n"));
    REQUIRE(read.trust.size() == 2);
    CHECK(read.trust[0].leaf == "self-signed");
    CHECK(read.trust[0].key == "a");
    CHECK(read.trust[1].leaf == "generated");
    CHECK(read.trust[1].key == "b");
}

TEST_CASE("what is presented is a leaf with key a, first issue, and nothing wrong", "[scenario][load]") {
    const Connect read = connect_of("{present: {leaf: self-signed}}");
    CHECK(read.present.leaf == "self-signed");
    CHECK(read.present.key == "a");
    CHECK(read.present.issue == 1);
    CHECK_FALSE(read.present.with.has_value());
    CHECK(read.present.defects.empty());
    CHECK(read.answer == Answer::decline);
    CHECK(read.at == At{});
    CHECK_FALSE(read.swap.has_value());
    CHECK_FALSE(read.claims.has_value());
    CHECK_FALSE(read.resume.has_value());
    CHECK(read.connections == 1);
    CHECK_FALSE(read.plain_text);
    CHECK(read.starttls.empty());
}

TEST_CASE("a presented leaf may have another key, issue and patch", "[scenario][load]") {
    const pki::Present read =
        connect_of("{present: {leaf: leaf, key: b, issue: 2, with: {valid: {to: +1d}}}}").present;
    CHECK(read.key == "b");
    CHECK(read.issue == 2);
    REQUIRE(read.with.has_value());
    CHECK(read.with->find("valid")->find("to")->text == "+1d");
}

TEST_CASE("a defect may be named without a position", "[scenario][load]") {
    const pki::Present read = connect_of("{present: {leaf: leaf, defect: expired}}").present;
    REQUIRE(read.defects.size() == 1);
    CHECK(read.defects[0].name == "expired");
    CHECK_FALSE(read.defects[0].at.has_value());
    CHECK(read.defects[0].parameters.empty());
}

TEST_CASE("a defect may have a position and parameters", "[scenario][load]") {
    const pki::Present read =
        connect_of("{present: {leaf: leaf, defect: {expired: {at: intermediate, ago: 3d}}}}").present;
    REQUIRE(read.defects.size() == 1);
    CHECK(read.defects[0].name == "expired");
    CHECK(read.defects[0].at == pki::Position::intermediate);
    CHECK(read.defects[0].parameters == std::map<std::string, std::string>{{"ago", "3d"}});
}

TEST_CASE("two defects are in order where `combines` says of what", "[scenario][load]") {
    const Scenario read = scenario_of(presenting("{leaf: leaf, defect: {expired: {}, wrong-name: {}}}") +
                                      "combines: [validity/expired, names/wrong-name]\n");
    CHECK(read.combines == Names{"validity/expired", "names/wrong-name"});
    CHECK(std::get<Connect>(read.visits.at(0).action).present.defects.size() == 2);
}

TEST_CASE("the user has four answers", "[scenario][load]") {
    CHECK(connect_of("{present: {leaf: leaf}, answer: connect}").answer == Answer::connect);
    CHECK(connect_of("{present: {leaf: leaf}, answer: once}").answer == Answer::once);
    CHECK(connect_of("{present: {leaf: leaf}, answer: decline}").answer == Answer::decline);
    CHECK(connect_of("{present: {leaf: leaf}, answer: ignore}").answer == Answer::ignore);
}

TEST_CASE("a visit may go to another host, port and server", "[scenario][load]") {
    const At read = connect_of("{present: {leaf: leaf}, at: {host: other, port: second, server: same}}").at;
    CHECK(read.host == "other");
    CHECK(read.port == "second");
    CHECK(read.server == "same");
    CHECK(connect_of("{present: {leaf: leaf}, at: {port: other}}").at.host == "main");
}

TEST_CASE("a visit may swap the chain after the public request", "[scenario][load]") {
    const auto read =
        connect_of("{present: {leaf: leaf}, swap: {after: public-request, present: {leaf: leaf, key: b}}}")
            .swap;
    REQUIRE(read.has_value());
    CHECK(read->after == "public-request");
    CHECK(read->present.key == "b");
}

TEST_CASE("the first of several connections may be shown another chain", "[scenario][load]") {
    const auto read =
        connect_of("{present: {leaf: leaf, key: b}, connections: 2, first: {leaf: leaf}}").first;
    REQUIRE(read.has_value());
    CHECK(read->key == "a");
    CHECK_FALSE(connect_of("{present: {leaf: leaf}, connections: 2}").first.has_value());
    const auto of = [](const std::string& visit) {
        return problems_of(visits("{present: {leaf: leaf}, " + visit + "}"));
    };
    CHECK(of("first: {leaf: leaf}").find("`connections`, two or more, beside `first`, found 1") !=
          std::string::npos);
    CHECK(of("connections: 2, first: {leaf: leaf}, swap: {after: public-request, present: {leaf: leaf}}")
              .find("no `swap` beside `first`") != std::string::npos);
}

TEST_CASE("a server may claim another certificate and a version", "[scenario][load]") {
    const auto read =
        connect_of("{present: {leaf: leaf}, claims: {certificate: {leaf: leaf, key: b}, version: 4.1.0.0}}")
            .claims;
    REQUIRE(read.has_value());
    REQUIRE(read->certificate.has_value());
    CHECK(read->certificate->key == "b");
    CHECK(read->version == "4.1.0.0");
}

TEST_CASE("a server may say that it has two certificates", "[scenario][load]") {
    const auto claims =
        connect_of("{present: {leaf: leaf}, claims: {certificate: {leaf: leaf, key: b}, also: {leaf: leaf}}}")
            .claims;
    REQUIRE(claims.has_value());
    CHECK(claims->certificate->key == "b");
    CHECK(claims->also->key == "a");
    CHECK(problems_of(visits("{present: {leaf: leaf}, claims: {also: {leaf: leaf}}}"))
              .find("`certificate` beside `also`") != std::string::npos);
}

TEST_CASE("whether a client's certificate is expected is one of two words", "[scenario][load]") {
    const auto expecting = [](const std::string& word) {
        return visits("{present: {leaf: leaf}}") + "expect: [{client-certificate: " + word +
               ", level: must, clause: X}]\n";
    };
    CHECK(scenario_of(expecting("given")).expect.front().identity == true);
    CHECK(scenario_of(expecting("withheld")).expect.front().identity == false);
    CHECK(problems_of(expecting("lent")).find("one of given, withheld, found 'lent'") != std::string::npos);
}

TEST_CASE("a visit may resume the session of an earlier one", "[scenario][load]") {
    const Scenario read = scenario_of(visits("{present: {leaf: leaf}}, {present: {leaf: leaf}, resume: 1}"));
    CHECK(std::get<Connect>(read.visits.at(1).action).resume == 1);
}

TEST_CASE("a visit may want several connections at once", "[scenario][load]") {
    CHECK(connect_of("{present: {leaf: leaf}, connections: 2}").connections == 2);
}

TEST_CASE("a server may answer in plain text too", "[scenario][load]") {
    CHECK(connect_of("{present: {leaf: leaf}, plain-text: answered}").plain_text);
}

TEST_CASE("a server may hide or refuse STARTTLS", "[scenario][load]") {
    CHECK(connect_of("{present: {leaf: leaf}, starttls: hidden}").starttls == "hidden");
    CHECK(connect_of("{present: {leaf: leaf}, starttls: refused}").starttls == "refused");
}

TEST_CASE("visits that do not connect keep what they do, in order", "[scenario][load]") {
    const Scenario read = scenario_of(
        visits("{restart: client}, {mode: strict}, {forget: server}, {clock: +2d}, {present: {leaf: leaf}}"));
    REQUIRE(read.visits.size() == 5);
    CHECK(std::holds_alternative<Restart>(read.visits[0].action));
    CHECK(std::get<SetMode>(read.visits[1].action).mode == "strict");
    CHECK(std::get<Forget>(read.visits[2].action).at == At{});
    CHECK(std::get<MoveClock>(read.visits[3].action).by == 48h);
    CHECK(std::holds_alternative<Connect>(read.visits[4].action));
}

TEST_CASE("a server is forgotten at its place", "[scenario][load]") {
    const Scenario read = scenario_of(visits("{forget: server, at: {host: other}}, {present: {leaf: leaf}}"));
    CHECK(std::get<Forget>(read.visits.at(0).action).at.host == "other");
}

TEST_CASE("a visit remembers its place in the file", "[scenario][load]") {
    const Scenario read = scenario_of(head + "visits:\n  - present: {leaf: leaf}\n  - restart: client\n");
    CHECK(read.visits.at(0).where.line == 6);
    CHECK(read.visits.at(1).where.line == 7);
    CHECK(read.visits.at(1).where.column == 5);
}

TEST_CASE("an expected alert may be one of several", "[scenario][load]") {
    const Scenario read = scenario_of(
        with("expect: [{visit: 1, alert: [unknown_ca, bad_certificate], level: should, clause: RFC 1}]\n"));
    REQUIRE(read.expect.size() == 1);
    CHECK(read.expect[0].visit == 1);
    CHECK(read.expect[0].alerts == Names{"unknown_ca", "bad_certificate"});
    CHECK_FALSE(read.expect[0].prompts.has_value());
    CHECK_FALSE(read.expect[0].connections.has_value());
    CHECK(read.expect[0].level == Level::should);
    CHECK(read.expect[0].clause == "RFC 1");
}

TEST_CASE("counts of prompts and connections may be expected", "[scenario][load]") {
    const Scenario read = scenario_of(
        with("expect: [{prompts: 0, level: must, clause: A}, {connections: 2, level: may, clause: B}]\n"));
    REQUIRE(read.expect.size() == 2);
    CHECK(read.expect[0].prompts == 0);
    CHECK(read.expect[0].level == Level::must);
    CHECK(read.expect[0].visit == 1);
    CHECK(read.expect[1].connections == 2);
    CHECK(read.expect[1].level == Level::may);
}

TEST_CASE("connections may be kept open between visits, where none is swapped", "[scenario][load]") {
    CHECK_FALSE(scenario_of(with("")).keeps_connections);
    CHECK_FALSE(scenario_of(with("connections: {keep: closed}\n")).keeps_connections);
    CHECK(scenario_of(with("connections: {keep: open}\n")).keeps_connections);
    CHECK(problems_of(with("connections: {keep: for-ever}\n")) ==
          "name.yaml:6:21: expected one of closed, open, found 'for-ever'\n");
    CHECK(problems_of("id: area/name\ntitle: A\nseverity: low\nconnections: {keep: open}\nvisits:\n"
                      "  - present: {leaf: leaf}\n"
                      "    swap: {after: public-request, present: {leaf: leaf, key: b}}\n") ==
          "name.yaml:4:14: expected no `swap` beside connections that are kept open, found a map\n");
}

TEST_CASE("tags are words", "[scenario][load]") {
    CHECK(scenario_of(with("tags: core\n")).tags == Names{"core"});
    CHECK(scenario_of(with("tags: [core, a-b]\n")).tags == Names{"core", "a-b"});
    CHECK(problems_of(with("tags: \"@core\"\n")) ==
          "name.yaml:6:7: expected words of letters, digits and '-', such as core, found '@core'\n");
}

TEST_CASE("an unknown key of a scenario is refused where it stands", "[scenario][load]") {
    CHECK(problems_of(with("expects: x\n")) ==
          "name.yaml:6:1: expected one of the keys clients, combines, connections, control, expect, host, "
          "id, modes, "
          "severity, "
          "tags, title, tls, trust, visits, found unknown key 'expects' (did you mean 'expect'?)\n");
}

TEST_CASE("a key that stands twice is refused", "[scenario][load]") {
    CHECK(problems_of(with("title: Another\n")) ==
          "name.yaml:6:1: expected each key once, found duplicate key 'title', first in line 2\n");
}

TEST_CASE("missing keys are all reported at once", "[scenario][load]") {
    CHECK(problems_of("control: trust/ca-signed\n") ==
          "name.yaml:1:1: expected the key 'id', found a map without it\n"
          "name.yaml:1:1: expected the key 'title', found a map without it\n"
          "name.yaml:1:1: expected the key 'severity', found a map without it\n"
          "name.yaml:1:1: expected the key 'visits', found a map without it\n");
}

TEST_CASE("a list where a text belongs is refused", "[scenario][load]") {
    CHECK(problems_of("id: area/name\ntitle: [A]\nseverity: high\nvisits: [{present: {leaf: leaf}}]\n") ==
          "name.yaml:2:8: expected a scalar, found a list\n");
}

TEST_CASE("a file that is no map is refused", "[scenario][load]") {
    CHECK_THAT(problems_of("[a]\n"), Catch::StartsWith("name.yaml:1:1: expected a map, found a list\n"));
}

TEST_CASE("a file that is not there is refused", "[scenario][load]") {
    const auto read = load_scenario_file("/nowhere/area/name.yaml", "area/name", repository());
    REQUIRE(read.has_error());
    CHECK(read.error().text() == "/nowhere/area/name.yaml: expected a readable file, found none\n");
}

TEST_CASE("the id is the place of the file", "[scenario][load]") {
    const Folder folder({{"a.yaml", with("")}});
    const auto read = load_scenario_file(folder.path / "a.yaml", "other/place", repository());
    REQUIRE(read.has_error());
    REQUIRE(read.error().list.size() == 1);
    CHECK_THAT(
        read.error().list[0].text(),
        Catch::EndsWith("a.yaml:1:5: expected the file's place as id, 'other/place', found 'area/name'"));
}

TEST_CASE("a severity has one of four words", "[scenario][load]") {
    CHECK(problems_of("id: area/name\ntitle: A\nseverity: severe\nvisits: [{present: {leaf: leaf}}]\n") ==
          "name.yaml:3:11: expected one of critical, high, medium, low, found 'severe'\n");
}

TEST_CASE("a protocol version is 1.2 or 1.3", "[scenario][load]") {
    CHECK(problems_of(with("tls: '1.1'\n")) == "name.yaml:6:6: expected one of any, 1.2, 1.3, found '1.1'\n");
}

TEST_CASE("clients are a map from labels to modes", "[scenario][load]") {
    CHECK(problems_of(with("clients: [second]\n")) == "name.yaml:6:10: expected a map, found a list\n");
}

TEST_CASE("an installed certificate needs a recipe that exists", "[scenario][load]") {
    CHECK(problems_of(with("trust: [{leaf: nothing}]\n")) ==
          "name.yaml:6:16: expected the name of a recipe in certs/, found 'nothing'\n");
    CHECK(problems_of(with("trust: [{key: a}]\n")) ==
          "name.yaml:6:9: expected the key 'leaf', found a map without it\n");
    CHECK(problems_of(with("trust: self-signed\n")) ==
          "name.yaml:6:8: expected a map, found 'self-signed'\n");
}

TEST_CASE("an unknown key of an installed certificate is refused", "[scenario][load]") {
    CHECK(problems_of(with("trust: [{leaf: leaf, issue: 2}]\n")) ==
          "name.yaml:6:22: expected one of the keys key, leaf, found unknown key 'issue'\n");
}

TEST_CASE("only the key that was installed is an anchor", "[scenario][load]") {
    pki::Library library = repository();
    pki::Defect& stranger = library.defects["stranger"];
    stranger.name = "stranger";
    stranger.faults = {Fault::unknown_issuer};
    stranger.level = {{pki::Position::leaf, Level::must}};
    stranger.change = pki::test::tree("{version: '3'}");
    const std::string trust = "trust: [{leaf: self-signed, key: a}]\n";
    CHECK(load(presenting("{leaf: self-signed, key: b, defect: stranger}") + trust, library).has_value());
    const auto installed = load(presenting("{leaf: self-signed, key: a, defect: stranger}") + trust, library);
    REQUIRE(installed.has_error());
    CHECK(installed.error().list.at(0).expected ==
          "a chain with the fault unknown-issuer that its defect declares");
}

TEST_CASE("one problem of a scenario does not hide the others", "[scenario][load]") {
    CHECK(problems_of("id: area/name\ntitle: [A]\nseverity: x\nvisits: [{present: {leaf: v}}]\nz: w\n") ==
          "name.yaml:2:8: expected a scalar, found a list\n"
          "name.yaml:3:11: expected one of critical, high, medium, low, found 'x'\n"
          "name.yaml:4:27: expected the name of a recipe in certs/, found 'v'\n"
          "name.yaml:5:1: expected one of the keys clients, combines, connections, control, expect, host, "
          "id, modes, "
          "severity, "
          "tags, title, tls, trust, visits, found unknown key 'z'\n");
}

TEST_CASE("a scenario has at least one visit", "[scenario][load]") {
    CHECK(problems_of(visits("")) == "name.yaml:5:9: expected a list of at least one visit, found a list\n");
    CHECK(problems_of(head + "visits: {present: {leaf: leaf}}\n") ==
          "name.yaml:5:9: expected a list of at least one visit, found a map\n");
}

TEST_CASE("a visit does something", "[scenario][load]") {
    CHECK(problems_of(visits("{client: second}") + "clients: {second: strict}\n") ==
          "name.yaml:5:10: expected exactly one of present, restart, mode, forget, clock, found 0 of them\n");
}

TEST_CASE("a visit does not do two things", "[scenario][load]") {
    CHECK_THAT(problems_of(visits("{restart: client, mode: strict}")),
               Catch::StartsWith("name.yaml:5:10: expected exactly one of present, restart, mode, forget, "
                                 "clock, found 2 of them\n"));
}

TEST_CASE("an unknown key of a visit is refused", "[scenario][load]") {
    CHECK(problems_of(visits("{present: {leaf: leaf}, answers: connect}")) ==
          "name.yaml:5:34: expected one of the keys answer, at, claims, client, connections, first, "
          "plain-text, "
          "present, resume, starttls, swap, found unknown key 'answers' (did you mean 'answer'?)\n");
}

TEST_CASE("only a visit that connects has an answer", "[scenario][load]") {
    CHECK(problems_of(visits("{restart: client, answer: connect}")) ==
          "name.yaml:5:28: expected one of the keys client, restart, found unknown key 'answer'\n");
}

TEST_CASE("a user has no other answers", "[scenario][load]") {
    CHECK(problems_of(visits("{present: {leaf: leaf}, answer: accept}")) ==
          "name.yaml:5:42: expected one of connect, once, decline, ignore, found 'accept'\n");
}

TEST_CASE("a recipe that does not exist is refused at its name", "[scenario][load]") {
    CHECK(problems_of(presenting("{leaf: lief}")) ==
          "name.yaml:5:27: expected the name of a recipe in certs/, found 'lief'\n");
    CHECK(problems_of(presenting("{leaf: [leaf]}")) ==
          "name.yaml:5:27: expected the name of a recipe in certs/, found a list\n");
}

TEST_CASE("an unknown key of what is presented is refused", "[scenario][load]") {
    CHECK(problems_of(presenting("{leaf: leaf, defects: expired}")) ==
          "name.yaml:5:33: expected one of the keys defect, issue, key, leaf, send, with, found unknown key "
          "'defects' (did you mean 'defect'?)\n");
}

TEST_CASE("a patch is a map", "[scenario][load]") {
    CHECK(problems_of(presenting("{leaf: leaf, with: expired}")) ==
          "name.yaml:5:39: expected a map, the patch of a recipe, found 'expired'\n");
}

TEST_CASE("a patch that makes no recipe is refused", "[scenario][load]") {
    CHECK_THAT(problems_of(presenting("{leaf: leaf, with: {valid: {to: tomorrow}}}")),
               Catch::StartsWith("name.yaml:5:52: expected ") && Catch::EndsWith("found 'tomorrow'\n"));
}

TEST_CASE("a defect that does not exist is refused at its name", "[scenario][load]") {
    const std::string message =
        "expected the name of a defect (see `guise list defects`), found 'outdated'\n";
    CHECK(problems_of(presenting("{leaf: leaf, defect: outdated}")) == "name.yaml:5:41: " + message);
    CHECK(problems_of(presenting("{leaf: leaf, defect: {outdated: {}}}")) == "name.yaml:5:42: " + message);
}

TEST_CASE("a list of defects is refused, and does not pass for no defect", "[scenario][load]") {
    const std::string message = "expected a defect, or a map of defects to their parameters, found ";
    CHECK(problems_of(presenting("{leaf: leaf, defect: [expired]}")) ==
          "name.yaml:5:41: " + message + "a list\n");
    CHECK(problems_of(presenting("{leaf: leaf, defect: {}}")) == "name.yaml:5:41: " + message + "a map\n");
}

TEST_CASE("the parameters of a defect are a map", "[scenario][load]") {
    CHECK(problems_of(presenting("{leaf: leaf, defect: {expired: leaf}}")) ==
          "name.yaml:5:51: expected a map, found 'leaf'\n");
}

TEST_CASE("a parameter that the defect has not is refused", "[scenario][load]") {
    CHECK(problems_of(presenting("{leaf: leaf, defect: {expired: {since: 3d}}}")) ==
          "name.yaml:5:52: expected a parameter of the defect expired, found 'since'\n");
}

TEST_CASE("a position that is none is refused", "[scenario][load]") {
    CHECK(problems_of(presenting("{leaf: leaf, defect: {expired: {at: middle}}}")) ==
          "name.yaml:5:56: expected one of leaf, intermediate, root, handshake, found 'middle'\n");
}

TEST_CASE("a position that the defect cannot have is refused", "[scenario][load]") {
    CHECK(problems_of(presenting("{leaf: leaf, defect: {ca-false: {at: leaf}}}")) ==
          "name.yaml:5:57: expected a position of the defect ca-false: intermediate, found 'leaf'\n");
}

TEST_CASE("a position that the chain has not is refused", "[scenario][load]") {
    CHECK(problems_of(presenting("{leaf: self-signed, defect: {expired: {at: intermediate}}}")) ==
          "name.yaml:5:49: expected a position in the chain of self-signed, found 'intermediate'\n");
}

TEST_CASE("a defect that does not make the fault it declares is refused", "[scenario][load]") {
    CHECK(problems_of(presenting("{leaf: leaf, defect: {wrong-name: {name: '{host}'}}}")) ==
          "name.yaml:5:20: expected a chain with the fault wrong-name that its defect declares, found one "
          "without it\n");
}

TEST_CASE("two defects need the key combines", "[scenario][load]") {
    const std::string message =
        "name.yaml:1:1: expected one defect, or the key `combines`, found 2 defects\n";
    CHECK(problems_of(presenting("{leaf: leaf, defect: {expired: {}, wrong-name: {}}}")) == message);
    CHECK(problems_of(visits("{present: {leaf: leaf, defect: expired}}, "
                             "{present: {leaf: leaf, defect: wrong-name}}")) == message);
}

TEST_CASE("one defect twice is one defect", "[scenario][load]") {
    CHECK(problems_of(visits("{present: {leaf: leaf, defect: expired}}, "
                             "{present: {leaf: leaf, defect: {expired: {at: intermediate}}}}"))
              .empty());
}

TEST_CASE("a chain that is swapped in is checked as the first one is", "[scenario][load]") {
    CHECK(problems_of(visits("{present: {leaf: leaf}, swap: {after: public-request, "
                             "present: {leaf: leaf, defect: {ca-false: {at: leaf}}}}}")) ==
          "name.yaml:5:110: expected a position of the defect ca-false: intermediate, found 'leaf'\n");
}

TEST_CASE("a swap comes after the public request", "[scenario][load]") {
    CHECK(problems_of(visits("{present: {leaf: leaf}, swap: {after: login, present: {leaf: leaf}}}")) ==
          "name.yaml:5:48: expected 'public-request', found 'login'\n");
    CHECK(problems_of(visits("{present: {leaf: leaf}, swap: {}}")) ==
          "name.yaml:5:40: expected the key 'after', found a map without it\n"
          "name.yaml:5:40: expected the key 'present', found a map without it\n");
}

TEST_CASE("an unknown claim is refused", "[scenario][load]") {
    CHECK(problems_of(visits("{present: {leaf: leaf}, claims: {name: x}}")) ==
          "name.yaml:5:43: expected one of the keys also, certificate, version, found unknown key 'name'\n");
}

TEST_CASE("an unknown key of a place is refused", "[scenario][load]") {
    CHECK(problems_of(visits("{present: {leaf: leaf}, at: {hosts: x}}")) ==
          "name.yaml:5:39: expected one of the keys host, port, server, found unknown key 'hosts' (did you "
          "mean 'host'?)\n");
}

TEST_CASE("nothing but the client restarts, and nothing but a server is forgotten", "[scenario][load]") {
    CHECK(problems_of(visits("{restart: server}")) == "name.yaml:5:20: expected 'client', found 'server'\n");
    CHECK(problems_of(visits("{forget: pins}")) == "name.yaml:5:19: expected 'server', found 'pins'\n");
}

TEST_CASE("the clock moves by a span of time", "[scenario][load]") {
    CHECK(problems_of(visits("{clock: tomorrow}")) ==
          "name.yaml:5:18: expected a time such as -1d, +30d, 12h or 5s, found 'tomorrow'\n");
}

TEST_CASE("plain text is answered or not mentioned", "[scenario][load]") {
    CHECK(problems_of(visits("{present: {leaf: leaf}, plain-text: true}")) ==
          "name.yaml:5:46: expected 'answered', found 'true'\n");
}

TEST_CASE("STARTTLS is hidden or refused", "[scenario][load]") {
    CHECK(problems_of(visits("{present: {leaf: leaf}, starttls: absent}")) ==
          "name.yaml:5:44: expected one of hidden, refused, found 'absent'\n");
}

TEST_CASE("numbers of a visit are whole and make sense", "[scenario][load]") {
    CHECK(problems_of(visits("{present: {leaf: leaf, issue: two}}")) ==
          "name.yaml:5:40: expected a whole number, found 'two'\n");
    CHECK(problems_of(visits("{present: {leaf: leaf}, connections: 0}")) ==
          "name.yaml:5:47: expected at least one connection, found 0\n");
}

TEST_CASE("a session is resumed from an earlier visit that connects", "[scenario][load]") {
    const std::string message = "expected the number of an earlier visit that connects, found ";
    CHECK(problems_of(visits("{present: {leaf: leaf}, resume: 1}")) == "name.yaml:5:42: " + message + "1\n");
    CHECK(problems_of(visits("{restart: client}, {present: {leaf: leaf}, resume: 1}")) ==
          "name.yaml:5:61: " + message + "1\n");
    CHECK(problems_of(visits("{present: {leaf: leaf}, resume: 0}")) == "name.yaml:5:42: " + message + "0\n");
}

TEST_CASE("the client of a visit is one of the scenario's", "[scenario][load]") {
    CHECK(problems_of(visits("{present: {leaf: leaf}, client: second}")) ==
          "name.yaml:5:42: expected a label of `clients`, found 'second'\n");
}

TEST_CASE("an expectation needs a level and a clause", "[scenario][load]") {
    CHECK(problems_of(with("expect: [{alert: unknown_ca}]\n")) ==
          "name.yaml:6:10: expected the key 'level', found a map without it\n"
          "name.yaml:6:10: expected the key 'clause', found a map without it\n");
}

TEST_CASE("an expectation of a visit that does not exist is refused", "[scenario][load]") {
    const std::string rest = ", alert: unknown_ca, level: must, clause: A}]\n";
    CHECK(problems_of(with("expect: [{visit: 2" + rest)) ==
          "name.yaml:6:10: expected a visit from 1 to 1, found 2\n");
    CHECK(problems_of(with("expect: [{visit: 0" + rest)) ==
          "name.yaml:6:10: expected a visit from 1 to 1, found 0\n");
}

TEST_CASE("an expectation of a visit that does not connect is refused", "[scenario][load]") {
    CHECK(problems_of(visits("{restart: client}, {present: {leaf: leaf}}") +
                      "expect: [{alert: unknown_ca, level: must, clause: A}]\n") ==
          "name.yaml:6:10: expected a visit that connects, found 1\n");
}

TEST_CASE("an expectation is of one thing", "[scenario][load]") {
    CHECK(problems_of(with("expect: [{level: must, clause: A}]\n")) ==
          "name.yaml:6:10: expected exactly one of alert, prompts, connections, heartbeats, "
          "client-certificate, found 0 of them\n");
    CHECK(problems_of(with("expect: [{alert: unknown_ca, connections: 1, level: must, clause: A}]\n")) ==
          "name.yaml:6:10: expected exactly one of alert, prompts, connections, heartbeats, "
          "client-certificate, found 2 of them\n");
}

TEST_CASE("an alert that nobody can send is refused", "[scenario][load]") {
    CHECK(problems_of(with("expect: [{alert: [unknown_ca, unknow_ca], level: must, clause: A}]\n")) ==
          "name.yaml:6:18: expected alerts of RFC 8446 section 6, such as unknown_ca, found 'unknow_ca'\n");
}

TEST_CASE("a problem of all variants is reported once", "[scenario][load]") {
    CHECK(problems_of(presenting("{leaf: leaf, key: $k, defect: outdated}") + "variants: {k: [a, b]}\n") ==
          "name.yaml:5:50: expected the name of a defect (see `guise list defects`), found 'outdated'\n");
}

TEST_CASE("a problem of one variant is reported where its axis is used", "[scenario][load]") {
    CHECK(problems_of(presenting("{leaf: $leaf}") + "variants: {leaf: [leaf, lief]}\n") ==
          "name.yaml:5:27: expected the name of a recipe in certs/, found 'lief'\n");
}

TEST_CASE("every variant of a file is a scenario of its own", "[scenario][load]") {
    const auto read = load(with("tls: $tls\nvariants: {tls: ['1.2', '1.3']}\n"));
    REQUIRE(read.has_value());
    REQUIRE(read->size() == 2);
    CHECK(read->at(0).id == "area/name[tls=1.2]");
    CHECK(read->at(0).base == "area/name");
    CHECK(read->at(0).axes == std::map<std::string, std::string>{{"tls", "1.2"}});
    CHECK(read->at(0).versions == tls::Versions::tls12);
    CHECK(read->at(1).id == "area/name[tls=1.3]");
    CHECK(read->at(1).versions == tls::Versions::tls13);
}

}  // namespace
}  // namespace guise::scenario::load_test
