#include "profile/expectation.hpp"

#include "profile/kit.hpp"
#include "scenario/catalogue.hpp"

#include <fstream>
#include <regex>
#include <sstream>

namespace guise::profile {
namespace {

using namespace test;
namespace fs = std::filesystem;

pki::Chain chain(std::map<Fault, Level> faults = {}, pki::Stage stage = pki::Stage::chain) {
    pki::Chain out;
    out.faults = std::move(faults);
    out.stage = stage;
    return out;
}

constexpr Level must = Level::must, should = Level::should, may = Level::may;

Row row(const pki::Chain& what, bool soft = true) { return row_of(what, profile_of(plain), soft); }

// What the plain profile's only mode owes.
Expectation owed(const pki::Chain& what) { return expect(profile_of(plain), small_ledger(), "strict", what); }
// What the pinning profile's only mode owes.
Expectation asked(const pki::Chain& what, Column memory) {
    return expect(profile_of(pinning), small_ledger(), "ask", what, memory);
}
// What the plain profile owes with another cell for `untrusted`.
Expectation with_untrusted(const std::string& cell, const pki::Chain& what) {
    return expect(profile_of(changed(plain, "untrusted: {any: {decision: refuse, clause: M-1}}",
                                     "untrusted: {any: " + cell + "}")),
                  small_ledger(), "strict", what);
}

TEST_CASE("a chain without faults is trusted", "[profile][expectation]") {
    CHECK(row(chain()) == Row::trusted);
}

TEST_CASE("a chain that lacks nothing but an anchor is untrusted", "[profile][expectation]") {
    CHECK(row(chain({{Fault::unknown_issuer, must}})) == Row::untrusted);
}

TEST_CASE("a fault with an anchor is invalid", "[profile][expectation]") {
    CHECK(row(chain({{Fault::expired, must}})) == Row::invalid);
    CHECK(row(chain({{Fault::weak, must}})) == Row::invalid);
}

TEST_CASE("a fault of untrusted_faults without an anchor is invalid", "[profile][expectation]") {
    CHECK(row(chain({{Fault::unknown_issuer, must}, {Fault::expired, must}})) == Row::invalid);
}

TEST_CASE("a fault outside untrusted_faults without an anchor is untrusted", "[profile][expectation]") {
    CHECK(row(chain({{Fault::unknown_issuer, must}, {Fault::wrong_name, must}})) == Row::untrusted);
}

TEST_CASE("what the parser meets is unreadable, whatever else is wrong", "[profile][expectation]") {
    CHECK(row(chain({{Fault::malformed, must}}, pki::Stage::parse)) == Row::unreadable);
    CHECK(row(chain({{Fault::malformed, should}, {Fault::unknown_issuer, must}}, pki::Stage::parse)) ==
          Row::unreadable);
}

TEST_CASE("what the handshake meets is no proof, whatever else is wrong", "[profile][expectation]") {
    CHECK(row(chain({{Fault::no_proof, must}}, pki::Stage::handshake)) == Row::no_proof);
    CHECK(row(chain({{Fault::no_proof, must}, {Fault::expired, must}}, pki::Stage::handshake)) ==
          Row::no_proof);
    CHECK(row(chain({{Fault::no_proof, should}}, pki::Stage::handshake), false) == Row::no_proof);
}

TEST_CASE("without the faults below must a chain may be better", "[profile][expectation]") {
    CHECK(row(chain({{Fault::weak, should}}), false) == Row::trusted);
    CHECK(row(chain({{Fault::weak, should}, {Fault::unknown_issuer, must}}), false) == Row::untrusted);
    CHECK(row(chain({{Fault::malformed, should}}, pki::Stage::parse), false) == Row::trusted);
    CHECK(row(chain({{Fault::expired, must}, {Fault::weak, may}}), false) == Row::invalid);
}

TEST_CASE("an expectation is the cell of the row", "[profile][expectation]") {
    const Expectation trusted = owed(chain());
    CHECK(trusted.row == Row::trusted);
    CHECK(trusted.column == Column::any);
    CHECK(trusted.cell.decision == std::set{Decision::accept});
    CHECK(trusted.cell.clause == Clauses{"M-1"});
    CHECK(owed(chain({{Fault::expired, must}})).cell.decision == std::set{Decision::refuse});
}

TEST_CASE("an expectation is the cell of the memory where the row has columns", "[profile][expectation]") {
    const pki::Chain self_signed = chain({{Fault::unknown_issuer, must}});
    CHECK(asked(self_signed, Column::none).column == Column::none);
    CHECK(asked(self_signed, Column::none).cell.decision == std::set{Decision::ask, Decision::warn});
    CHECK(asked(self_signed, Column::same).cell.decision == std::set{Decision::accept});
    CHECK(asked(self_signed, Column::changed).cell.decision == std::set{Decision::refuse});
}

TEST_CASE("a row that has one column for all memories is that", "[profile][expectation]") {
    CHECK(asked(chain(), Column::changed).column == Column::any);
    CHECK(asked(chain(), Column::changed).cell.decision == std::set{Decision::accept});
}

TEST_CASE("a memory is none unless it is said", "[profile][expectation]") {
    const Expectation read =
        expect(profile_of(pinning), small_ledger(), "ask", chain({{Fault::unknown_issuer, must}}));
    CHECK(read.column == Column::none);
}

TEST_CASE("an expectation is as binding as the strongest clause of its cell", "[profile][expectation]") {
    CHECK(owed(chain()).level == must);
    CHECK(owed(chain({{Fault::malformed, must}}, pki::Stage::parse)).level == should);
    CHECK(with_untrusted("{decision: refuse, clause: [Y-1, S-1]}", chain({{Fault::unknown_issuer, must}}))
              .level == should);
}

TEST_CASE("a profile's own level counts in an expectation", "[profile][expectation]") {
    const Profile profile = profile_of(plain + "levels: {M-1: may}\n");
    CHECK(expect(profile, small_ledger(), "strict", chain()).level == may);
}

TEST_CASE("an expectation has the checks of its mode and the faults of its chain", "[profile][expectation]") {
    const Expectation read = owed(chain({{Fault::expired, must}, {Fault::weak, may}}));
    CHECK(read.checks == Checks{{"canary", {"M-1"}}});
    CHECK(read.faults == std::set{Fault::expired, Fault::weak});
}

TEST_CASE("nothing is tolerated where all faults are musts", "[profile][expectation]") {
    CHECK_FALSE(owed(chain()).tolerated.has_value());
    CHECK_FALSE(owed(chain({{Fault::expired, must}})).tolerated.has_value());
}

TEST_CASE("what holds without a should-fault is tolerated as a note", "[profile][expectation]") {
    const Expectation read = owed(chain({{Fault::weak, should}}));
    CHECK(read.row == Row::invalid);
    CHECK(read.cell.decision == std::set{Decision::refuse});
    REQUIRE(read.tolerated.has_value());
    CHECK(read.tolerated->level == should);
    CHECK(read.tolerated->decisions == std::set{Decision::accept});
}

TEST_CASE("what holds without a may-fault is right too", "[profile][expectation]") {
    const Expectation read = owed(chain({{Fault::expired, may}}));
    REQUIRE(read.tolerated.has_value());
    CHECK(read.tolerated->level == may);
}

TEST_CASE("of several soft faults the strongest says what it costs", "[profile][expectation]") {
    const Expectation read = owed(chain({{Fault::expired, may}, {Fault::weak, should}}));
    REQUIRE(read.tolerated.has_value());
    CHECK(read.tolerated->level == should);
}

TEST_CASE("a soft fault beside a must of the same row changes nothing", "[profile][expectation]") {
    CHECK_FALSE(owed(chain({{Fault::expired, must}, {Fault::weak, should}})).tolerated.has_value());
}

TEST_CASE("a soft fault of the parser leads back to what the chain is without it", "[profile][expectation]") {
    const Expectation read = owed(chain({{Fault::malformed, should}}, pki::Stage::parse));
    CHECK(read.row == Row::unreadable);
    REQUIRE(read.tolerated.has_value());
    CHECK(read.tolerated->decisions == std::set{Decision::accept});
}

TEST_CASE("what is owed anyway is not tolerated besides", "[profile][expectation]") {
    // Without its weak hash the chain is untrusted, and there the same is owed.
    const Expectation read = owed(chain({{Fault::expired, should}, {Fault::unknown_issuer, must}}));
    CHECK(read.row == Row::invalid);
    CHECK_FALSE(read.tolerated.has_value());
}

TEST_CASE("what is tolerated follows the memory", "[profile][expectation]") {
    const pki::Chain weak =
        chain({{Fault::malformed, should}, {Fault::unknown_issuer, must}}, pki::Stage::parse);
    const Expectation first = asked(weak, Column::none);
    REQUIRE(first.tolerated.has_value());
    CHECK(first.tolerated->decisions == std::set{Decision::ask, Decision::warn});
    REQUIRE(asked(weak, Column::same).tolerated.has_value());
    CHECK(asked(weak, Column::same).tolerated->decisions == std::set{Decision::accept});
    CHECK_FALSE(asked(weak, Column::changed).tolerated.has_value());
}

TEST_CASE("a visit may end refused where refusing or asking is right", "[profile][expectation]") {
    Expectation read;
    read.cell.decision = {Decision::accept};
    CHECK_FALSE(read.may_end_refused());
    read.cell.decision = {Decision::accept, Decision::refuse};
    CHECK(read.may_end_refused());
    read.cell.decision = {Decision::ask};
    CHECK(read.may_end_refused());
    read.cell.decision = {Decision::warn};
    CHECK(read.may_end_refused());
}

TEST_CASE("an expectation of one decision is that word", "[profile][expectation]") {
    CHECK(owed(chain()).text() == "accept");
}

TEST_CASE("an expectation of several decisions says which it would rather have", "[profile][expectation]") {
    const pki::Chain self_signed = chain({{Fault::unknown_issuer, must}});
    CHECK(asked(self_signed, Column::none).text() == "ask or warn (rather warn)");
    CHECK(with_untrusted("{decision: [warn, accept, refuse], clause: M-1}", self_signed).text() ==
          "accept or warn or refuse");
}

TEST_CASE("a preference for all that is right is none", "[profile][expectation]") {
    CHECK(with_untrusted("{decision: [ask, warn], prefer: [ask, warn], prefer_clause: S-1, clause: M-1}",
                         chain({{Fault::unknown_issuer, must}}))
              .text() == "ask or warn");
}

TEST_CASE("an expectation says what is tolerated, and at which price", "[profile][expectation]") {
    CHECK(owed(chain({{Fault::weak, should}})).text() == "refuse (accept is a note)");
    CHECK(owed(chain({{Fault::weak, may}})).text() == "refuse (accept is right too)");
}

// One line of the table that the formats' model derived: `untrusted/none  ask|warn (rather warn) -> …`.
struct Derived {
    std::string row, column, event;
    std::set<std::string> decisions, prefer, tolerated;
    std::string level;    // of what is tolerated
    std::string clauses;  // `DK-10:m DK-53:s`
};

std::set<std::string> parts(const std::string& text) {
    std::set<std::string> out;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, '|');) out.insert(part);
    return out;
}

std::optional<Derived> derived(const std::string& line) {
    static const std::regex form(
        R"( {6}([a-z-]+)/([a-z]+)\S* +([a-z|]+)(?: \(rather ([a-z|]+)\))?(?: ~([a-z]+):([a-z|]+))? +-> .*? +event=(\S+) +(.*))");
    std::smatch match;
    if (!std::regex_match(line, match, form)) return std::nullopt;
    return Derived{match[1],        match[2],        match[7], parts(match[3]),
                   parts(match[4]), parts(match[6]), match[5], std::string(match[8]) + " "};
}

std::set<std::string> spelled(const std::set<Decision>& decisions) {
    std::set<std::string> out;
    for (const Decision decision : decisions) out.emplace(word(decision));
    return out;
}

void compare(const Expectation& found, const Derived& wanted, const Profile& profile, const Ledger& ledger) {
    CHECK(word(found.row) == wanted.row);
    CHECK(word(found.column) == wanted.column);
    CHECK(spelled(found.cell.decision) == wanted.decisions);
    const bool shown = found.cell.prefer != found.cell.decision;
    CHECK((shown ? spelled(found.cell.prefer) : std::set<std::string>()) == wanted.prefer);
    CHECK((found.cell.event ? word(*found.cell.event) : "-") == wanted.event);
    CHECK(found.tolerated.has_value() == !wanted.tolerated.empty());
    if (found.tolerated) {
        CHECK(spelled(found.tolerated->decisions) == wanted.tolerated);
        CHECK(word(found.tolerated->level) == wanted.level);
    }
    for (const std::string& clause : found.cell.clause) {
        const std::string cited =
            clause + ":" + std::string(word(profile.level(clause, ledger))).substr(0, 1) + " ";
        CHECK_THAT(" " + wanted.clauses, Catch::Contains(" " + cited));
    }
}

// The formats' profiles, and the overlays in its client files under the clients' names.
Profiles example_profiles(const Ledger& ledger) {
    Profiles out;
    for (const char* file : {"dw-spectrum-desktop", "dw-spectrum-mobile", "tls-client", "tofu-prompt"})
        out[file] = make_profile(*yaml::load(formats() / "profiles" / (std::string(file) + ".yaml")), file,
                                 out, ledger)
                        .value();
    const auto add = [&](const yaml::Value& value, const std::string& name) {
        Profile profile = make_profile(value, name, out, ledger).value();
        const std::string key = profile.name;
        out[key] = std::move(profile);
    };
    add(*yaml::load(formats() / "profiles/example-overlay.yaml"), "example-overlay");
    for (const auto& entry : fs::directory_iterator(formats() / "clients")) {
        const yaml::Value client = yaml::load(entry.path()).value();
        if (client.find("profile")->kind == yaml::Kind::map)
            add(*client.find("profile"), client.find("client")->text);
    }
    return out;
}

// The first visit of a scenario, where nothing but profile and chain decides.
const scenario::Connect* simple_start(const scenario::Scenario& scenario) {
    const auto* first = std::get_if<scenario::Connect>(&scenario.visits.front().action);
    return first && !first->claims ? first : nullptr;
}

TEST_CASE("first visits are owed what the formats' model derives", "[profile][expectation][oracle]") {
    if (!fs::exists(formats() / "out/table.txt")) return;  // the model is not part of the repository
    const Ledger ledger = load_ledgers(formats() / "ledgers").value();
    const Profiles profiles = example_profiles(ledger);
    const pki::Library library = pki::load_library(formats() / "certs").value();
    const scenario::Catalogue catalogue = scenario::load_catalogue(formats() / "scenarios", library).value();
    std::ifstream table(formats() / "out/table.txt");
    const std::regex heading(R"((\S+)  ([^ .]+)\.(\S+)   control: .*)");
    int compared = 0;
    for (std::string line; std::getline(table, line);) {
        std::smatch match;
        if (!std::regex_match(line, match, heading)) continue;
        CAPTURE(line);
        std::string visit, first;
        std::getline(table, visit);
        std::getline(table, first);
        const auto* scenario = catalogue.find(match.str(1));
        const auto profile = profiles.find(match.str(2));
        REQUIRE(scenario);
        REQUIRE(profile != profiles.end());
        const scenario::Connect* start = simple_start(*scenario);
        if (!start) continue;
        CAPTURE(first);
        const auto wanted = derived(first);
        REQUIRE(wanted.has_value());
        std::vector<std::string> trusted{"root"};
        for (const auto& installed : scenario->trust) trusted.push_back(installed.leaf);
        const auto shown = pki::Mint::describe(library, start->present, trusted);
        const std::string mode = match.str(3) == "default" ? profile->second.default_mode : match.str(3);
        compare(expect(profile->second, ledger, mode, *shown), *wanted, profile->second, ledger);
        ++compared;
    }
    CHECK(compared > 500);
}

}  // namespace
}  // namespace guise::profile
