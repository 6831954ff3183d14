#include "profile/table.hpp"

#include "profile/kit.hpp"

namespace guise::profile::table_test {
namespace {

using namespace test;

// A profile that is enough to read cells by: what it pins, and its event.
Profile with(PinWhat what, const std::string& event = {}) {
    Profile out;
    out.pin.what = what;
    out.event = event;
    return out;
}

// The rows that every mode needs, on the lines 2 to 5, after an `untrusted` of the test's own on line 1.
std::string rows(const std::string& untrusted, const std::string& cell) {
    std::string out = "untrusted: " + untrusted + "\n";
    for (const char* row : {"trusted", "invalid", "unreadable", "no-proof"})
        out += std::string(row) + ": {any: " + cell + "}\n";
    return out;
}

const std::string bare_cell = "{decision: refuse, clause: M-1}";
const std::string pin_cell = "{decision: refuse, pin: keep, clause: M-1}";

struct Read {
    Read(const Profile& profile, const std::string& text, Mode base = {}) {
        TableReader reader(profile, small_clause_list(), problems);
        mode = reader.mode(tree(text), std::move(base));
    }
    Problems problems;
    Mode mode;
};

// The messages of one cell in a table that is else in order.
std::string cell_problems(const Profile& profile, const std::string& cell) {
    const std::string other = profile.event.empty()
                                  ? (profile.pin.what == PinWhat::nothing ? bare_cell : pin_cell)
                                  : "{decision: refuse, event: may, clause: M-1}";
    return Read(profile, rows("{any: " + cell + "}", other)).problems.text();
}

Checks checks_of(const std::string& text, Problems& problems) {
    const Profile profile;
    return TableReader(profile, small_clause_list(), problems).checks(tree(text));
}

TEST_CASE("a full table without pins has the column any", "[profile][table]") {
    const Read read(with(PinWhat::nothing), rows("{any: " + bare_cell + "}", bare_cell));
    CHECK(read.problems.text().empty());
    CHECK(read.mode.rows.size() == 5);
    CHECK(read.mode.rows.at(Row::untrusted).size() == 1);
}

TEST_CASE("a cell keeps all that it says", "[profile][table]") {
    const Read read(
        with(PinWhat::public_key, "event"),
        rows("{any: {decision: [ask, warn], clause: [M-1, S-1], prefer: warn, prefer_clause: S-2, "
             "pin: [set, keep], pin_clause: M-2, event: fire, event_clause: [S-1]}}",
             "{decision: refuse, pin: keep, event: none, clause: M-1}"));
    CHECK(read.problems.text().empty());
    const Cell& cell = read.mode.rows.at(Row::untrusted).at(Column::any);
    CHECK(cell.decision == std::set{Decision::ask, Decision::warn});
    CHECK(cell.clause == Clauses{"M-1", "S-1"});
    CHECK(cell.prefer == std::set{Decision::warn});
    CHECK(cell.prefer_clause == Clauses{"S-2"});
    CHECK(cell.pin == std::set{PinEffect::set, PinEffect::keep});
    CHECK(cell.pin_clause == Clauses{"M-2"});
    CHECK(cell.event == EventRule::fire);
    CHECK(cell.event_clause == Clauses{"S-1"});
}

TEST_CASE("a row that is missing is named", "[profile][table]") {
    const Read read(with(PinWhat::nothing), "trusted: {any: " + bare_cell + "}\nno-proof: {any: " +
                                                bare_cell + "}\nunreadable: {any: " + bare_cell + "}\n");
    CHECK(read.problems.text() ==
          "test.yaml:1:1: expected a row 'untrusted', found a mode without it\n"
          "test.yaml:1:1: expected a row 'invalid', found a mode without it\n");
}

TEST_CASE("swapped and contradicted may be there and may be absent", "[profile][table]") {
    const Read read(with(PinWhat::nothing), rows("{any: " + bare_cell + "}", bare_cell) + "swapped: {any: " +
                                                bare_cell + "}\ncontradicted: {any: " + bare_cell + "}\n");
    CHECK(read.problems.text().empty());
    CHECK(read.mode.rows.size() == 7);
}

TEST_CASE("an unknown key of a mode is refused", "[profile][table]") {
    const Read read(with(PinWhat::nothing),
                    rows("{any: " + bare_cell + "}", bare_cell) + "untrustworthy: {}\n");
    CHECK(read.problems.text() ==
          "test.yaml:6:1: expected one of the keys checks, contradicted, expired, invalid, no-proof, "
          "oversized, protocol, swapped, "
          "swapped-trusted, trusted, unreadable, untrusted, found unknown key 'untrustworthy'\n");
}

TEST_CASE("a profile without pins has no other column than any", "[profile][table]") {
    const Read read(with(PinWhat::nothing), rows("{none: " + bare_cell + "}", bare_cell));
    CHECK(read.problems.text() == "test.yaml:1:12: expected the column any, found none\n");
}

TEST_CASE("a pinned certificate makes three columns", "[profile][table]") {
    const Profile profile = with(PinWhat::certificate);
    const Read read(
        profile,
        rows("{none: " + pin_cell + ", same: " + pin_cell + ", changed: " + pin_cell + "}", pin_cell));
    CHECK(read.problems.text().empty());
    CHECK(Read(profile, rows("{none: " + pin_cell + ", same: " + pin_cell + "}", pin_cell)).problems.text() ==
          "test.yaml:1:12: expected the column any, or all of none, same, changed, found none, same\n");
}

TEST_CASE("a pinned key makes four columns", "[profile][table]") {
    const Profile profile = with(PinWhat::public_key);
    const std::string three = "none: " + pin_cell + ", same: " + pin_cell + ", changed: " + pin_cell;
    CHECK(
        Read(profile, rows("{" + three + ", renewed: " + pin_cell + "}", pin_cell)).problems.text().empty());
    CHECK(
        Read(profile, rows("{" + three + "}", pin_cell)).problems.text() ==
        "test.yaml:1:12: expected the column any, or all of none, same, renewed, changed, found none, same, "
        "changed\n");
}

TEST_CASE("a pinned certificate is never renewed", "[profile][table]") {
    CHECK_THAT(
        Read(with(PinWhat::certificate), rows("{none: " + pin_cell + ", same: " + pin_cell +
                                                  ", renewed: " + pin_cell + ", changed: " + pin_cell + "}",
                                              pin_cell))
            .problems.text(),
        Catch::EndsWith("found none, same, renewed, changed\n"));
}

TEST_CASE("any does not stand beside other columns", "[profile][table]") {
    CHECK(Read(with(PinWhat::certificate), rows("{any: " + pin_cell + ", same: " + pin_cell + "}", pin_cell))
              .problems.text() ==
          "test.yaml:1:12: expected the column any, or all of none, same, changed, found any, same\n");
}

TEST_CASE("a row without cells is refused", "[profile][table]") {
    CHECK(Read(with(PinWhat::nothing), rows("{}", bare_cell)).problems.text() ==
          "test.yaml:1:12: expected the column any, found none\n");
}

TEST_CASE("an unknown column is refused", "[profile][table]") {
    CHECK(Read(with(PinWhat::nothing), rows("{any: " + bare_cell + ", first: " + bare_cell + "}", bare_cell))
              .problems.text() ==
          "test.yaml:1:51: expected one of the keys any, changed, none, renewed, same, found unknown key "
          "'first'\n");
}

TEST_CASE("a cell has a decision and a clause", "[profile][table]") {
    CHECK(cell_problems(with(PinWhat::nothing), "{}") ==
          "test.yaml:1:18: expected the key 'decision', found a map without it\n"
          "test.yaml:1:18: expected the key 'clause', found a map without it\n");
}

TEST_CASE("a cell that owes nothing is refused", "[profile][table]") {
    CHECK(cell_problems(with(PinWhat::nothing), "{decision: [], clause: M-1}") ==
          "test.yaml:1:29: expected at least one decision, found none\n");
    CHECK(cell_problems(with(PinWhat::nothing), "{decision: refuse, clause: []}") ==
          "test.yaml:1:45: expected at least one clause, found none\n");
}

TEST_CASE("a decision has one of four words", "[profile][table]") {
    CHECK(cell_problems(with(PinWhat::nothing), "{decision: [refuse, reject], clause: M-1}") ==
          "test.yaml:1:38: expected one of accept, ask, warn, refuse, found 'reject'\n");
}

TEST_CASE("a clause that no clause list has is refused", "[profile][table]") {
    CHECK(cell_problems(with(PinWhat::nothing), "{decision: refuse, clause: [M-1, M-9]}") ==
          "test.yaml:1:51: expected a clause of a clause list, found 'M-9'\n");
}

TEST_CASE("an unknown key of a cell is refused", "[profile][table]") {
    CHECK(cell_problems(with(PinWhat::nothing), "{decision: refuse, clause: M-1, level: must}") ==
          "test.yaml:1:50: expected one of the keys clause, decision, event, event_clause, pin, pin_clause, "
          "prefer, prefer_clause, found unknown key 'level'\n");
}

TEST_CASE("what is preferred is part of the decision and has a clause", "[profile][table]") {
    const Profile profile = with(PinWhat::nothing);
    const std::string message =
        "test.yaml:1:18: expected `prefer` as a part of `decision`, with its `prefer_clause`, found another "
        "cell\n";
    CHECK(
        cell_problems(profile, "{decision: [ask, warn], clause: M-1, prefer: refuse, prefer_clause: S-1}") ==
        message);
    CHECK(cell_problems(profile, "{decision: [ask, warn], clause: M-1, prefer: ask}") == message);
    CHECK(cell_problems(profile, "{decision: [ask, warn], clause: M-1, prefer_clause: S-1}") == message);
    CHECK(cell_problems(profile, "{decision: [ask, warn], clause: M-1, prefer: ask, prefer_clause: S-1}")
              .empty());
}

TEST_CASE("a profile that does not pin has no pin effect", "[profile][table]") {
    CHECK(cell_problems(with(PinWhat::nothing), pin_cell) ==
          "test.yaml:1:18: expected `pin` exactly where the profile pins, found one\n");
}

TEST_CASE("a profile that pins says what each cell does to the pin", "[profile][table]") {
    CHECK(cell_problems(with(PinWhat::certificate), bare_cell) ==
          "test.yaml:1:18: expected `pin` exactly where the profile pins, found none\n");
}

TEST_CASE("a profile without an event has no rule for it", "[profile][table]") {
    CHECK(cell_problems(with(PinWhat::nothing), "{decision: refuse, event: fire, clause: M-1}") ==
          "test.yaml:1:18: expected `event` exactly where the profile names one, found one\n");
}

TEST_CASE("a profile with an event has a rule for it in each cell", "[profile][table]") {
    CHECK(cell_problems(with(PinWhat::nothing, "event"), bare_cell) ==
          "test.yaml:1:18: expected `event` exactly where the profile names one, found none\n");
}

TEST_CASE("pin effects and event rules have words of their own", "[profile][table]") {
    CHECK_THAT(cell_problems(with(PinWhat::certificate), "{decision: refuse, pin: replace, clause: M-1}"),
               Catch::StartsWith("test.yaml:1:42: expected one of set, keep, found 'replace'\n"));
    CHECK_THAT(cell_problems(with(PinWhat::nothing, "event"), "{decision: ask, event: once, clause: M-1}"),
               Catch::StartsWith("test.yaml:1:41: expected one of fire, none, may, found 'once'\n"));
}

TEST_CASE("checks have one clause or several", "[profile][table]") {
    Problems problems;
    CHECK(checks_of("{canary: M-1, restart: [S-1, S-2]}", problems) ==
          Checks{{"canary", {"M-1"}}, {"restart", {"S-1", "S-2"}}});
    CHECK(problems.empty());
}

TEST_CASE("every check of the format is known", "[profile][table]") {
    const std::string check =
        GENERATE(as<std::string>(), "canary", "declined", "once", "prompt-true", "prompt-shows",
                 "prompt-trust", "one-prompt", "no-way-on", "pin-kept", "restart", "event-fired",
                 "event-once", "event-absent", "event-faults", "mode-applied", "isolated", "default-mode",
                 "installed-root", "resumed", "plain-text", "old-version");
    CAPTURE(check);
    Problems problems;
    CHECK(checks_of("{" + check + ": M-1}", problems).size() == 1);
    CHECK(problems.empty());
}

TEST_CASE("an unknown check is refused", "[profile][table]") {
    Problems problems;
    (void)checks_of("{canaries: M-1}", problems);
    CHECK(problems.text() ==
          "test.yaml:1:2: expected the name of a check, such as canary or restart, found 'canaries'\n");
}

TEST_CASE("the clause of a check must exist", "[profile][table]") {
    Problems problems;
    (void)checks_of("{canary: M-9}", problems);
    CHECK(problems.text() == "test.yaml:1:10: expected a clause of a clause list, found 'M-9'\n");
}

TEST_CASE("checks are a map", "[profile][table]") {
    Problems problems;
    (void)checks_of("[canary]", problems);
    CHECK(problems.text() == "test.yaml:1:1: expected a map, found a list\n");
}

TEST_CASE("a mode's own checks join and replace those it is given", "[profile][table]") {
    Mode base;
    base.own = {{"canary", {"M-1"}}, {"once", {"S-1"}}};
    const Read read(with(PinWhat::nothing),
                    rows("{any: " + bare_cell + "}", bare_cell) + "checks: {once: S-2, restart: M-2}\n",
                    base);
    CHECK(read.problems.text().empty());
    CHECK(read.mode.own == Checks{{"canary", {"M-1"}}, {"once", {"S-2"}}, {"restart", {"M-2"}}});
}

TEST_CASE("a row that a mode is given may be absent from its file", "[profile][table]") {
    const Read base(with(PinWhat::nothing), rows("{any: " + bare_cell + "}", bare_cell));
    const Read read(with(PinWhat::nothing), "trusted: {any: {decision: accept, clause: M-2}}\n", base.mode);
    CHECK(read.problems.text().empty());
    CHECK(read.mode.rows.size() == 5);
    CHECK(read.mode.rows.at(Row::trusted).at(Column::any).clause == Clauses{"M-2"});
    CHECK(read.mode.rows.at(Row::untrusted).at(Column::any).clause == Clauses{"M-1"});
}

}  // namespace
}  // namespace guise::profile::table_test
