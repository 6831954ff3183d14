#include "profile/profile.hpp"

#include "profile/kit.hpp"

namespace guise::profile::profile_test {
namespace {

using namespace test;
namespace fs = std::filesystem;
using Names = std::vector<std::string>;

Profile overlay(const std::string& text) { return profile_of(text, known_profiles()); }
std::string overlay_problems(const std::string& text) { return problems_of(text, known_profiles()); }

// The messages of a folder of profiles, paths without the folder; nothing where all is well.
std::string folder_problems(const std::map<std::string, std::string>& files) {
    const Folder folder(files);
    const auto profiles = load_profiles(folder.path, small_clause_list());
    if (profiles) return {};
    std::string out = profiles.error().text();
    const std::string prefix = folder.path.string() + "/";
    for (auto at = out.find(prefix); at != std::string::npos; at = out.find(prefix))
        out.erase(at, prefix.size());
    return out;
}

TEST_CASE("a profile that pins nothing keeps its head", "[profile][profile]") {
    const Profile read = profile_of(plain);
    CHECK(read.name == "plain");
    CHECK(read.title == "Plain");
    CHECK(read.ledger == "small");
    CHECK(read.owes == Names{"M-*"});
    CHECK(read.pin.what == PinWhat::nothing);
    CHECK(read.untrusted_faults == std::set{Fault::expired});
    CHECK(read.default_mode.empty());
    CHECK(read.event.empty());
    CHECK(read.public_requests.empty());
    CHECK(read.prompts.empty());
    CHECK(read.levels.empty());
    CHECK(read.modes.size() == 1);
}

TEST_CASE("the rules of pinning are kept", "[profile][profile]") {
    const Profile read = profile_of(pinning);
    CHECK(read.pin.what == PinWhat::certificate);
    CHECK(read.pin.per == PinPer::host);
    CHECK(read.pin.on_accept == PinAccept::add);
    CHECK(read.pin.on_mode_change == PinModeChange::clear);
    CHECK(read.event == "bad-certificate");
}

TEST_CASE("what a profile may say besides is kept", "[profile][profile]") {
    const Profile read =
        profile_of(plain +
                   "default_mode: strict\npublic_requests: ['GET /a', 'GET /b/*']\n"
                   "prompts: {ask: {shows: [signer]}, warn: {shows: [subject, faults], needs: "
                   "explicit-trust}}\n");
    CHECK(read.default_mode == "strict");
    CHECK(read.public_requests == Names{"GET /a", "GET /b/*"});
    CHECK(read.prompts.at(Decision::ask).shows == std::set{Shows::signer});
    CHECK_FALSE(read.prompts.at(Decision::ask).needs.has_value());
    CHECK(read.prompts.at(Decision::warn).shows == std::set{Shows::subject, Shows::faults});
    CHECK(read.prompts.at(Decision::warn).needs == Needs::explicit_trust);
}

TEST_CASE("a profile without a name has the one that it is given", "[profile][profile]") {
    CHECK(profile_of(changed(plain, "profile: plain\n", "")).name == "named");
}

TEST_CASE("the standing checks are in every mode, with the mode's own over them", "[profile][profile]") {
    const Profile read = profile_of(pinning);
    CHECK(read.modes.at("ask").checks ==
          Checks{{"canary", {"M-1"}}, {"once", {"S-2"}}, {"restart", {"M-2"}}});
    CHECK(profile_of(plain).modes.at("strict").checks == Checks{{"canary", {"M-1"}}});
}

TEST_CASE("a clause is as binding as the clause list says", "[profile][profile]") {
    const Profile read = profile_of(plain);
    CHECK(read.level("M-2", small_clause_list()) == Level::must);
    CHECK(read.level("S-1", small_clause_list()) == Level::should);
    CHECK(read.level("Y-1", small_clause_list()) == Level::may);
    CHECK(read.level("unknown", small_clause_list()) == Level::may);
}

TEST_CASE("a profile may have its own level of a clause", "[profile][profile]") {
    const Profile read = profile_of(pinning);
    CHECK(read.level("M-2", small_clause_list()) == Level::should);
    CHECK(read.level("M-1", small_clause_list()) == Level::must);
}

TEST_CASE("several clauses are as binding as the strongest", "[profile][profile]") {
    const Profile read = profile_of(pinning);
    CHECK(read.level(Clauses{"Y-1", "S-1"}, small_clause_list()) == Level::should);
    CHECK(read.level(Clauses{"M-2", "Y-1"}, small_clause_list()) == Level::should);
    CHECK(read.level(Clauses{"Y-1", "M-1", "S-1"}, small_clause_list()) == Level::must);
    CHECK(read.level(Clauses{}, small_clause_list()) == Level::may);
}

TEST_CASE("the keys that a profile must have are all missed at once", "[profile][profile]") {
    CHECK(problems_of("{}") ==
          "test.yaml:1:1: expected the key 'title', found a map without it\n"
          "test.yaml:1:1: expected the key 'ledger', found a map without it\n"
          "test.yaml:1:1: expected the key 'owes', found a map without it\n"
          "test.yaml:1:1: expected the key 'pin', found a map without it\n"
          "test.yaml:1:1: expected the key 'untrusted_faults', found a map without it\n"
          "test.yaml:1:1: expected the key 'checks', found a map without it\n"
          "test.yaml:1:1: expected the key 'modes', found a map without it\n");
}

TEST_CASE("an unknown key of a profile is refused", "[profile][profile]") {
    CHECK(problems_of(plain + "severity: high\n") ==
          "test.yaml:15:1: expected one of the keys checks, default_mode, event, extends, ledger, levels, "
          "modes, owes, pin, profile, prompts, public_requests, title, untrusted_faults, found unknown key "
          "'severity'\n");
}

TEST_CASE("a profile that pins says by what, under what, and when no longer", "[profile][profile]") {
    CHECK(problems_of(changed(plain, "{what: nothing}", "{what: nothing, per: host}")) ==
          "test.yaml:5:22: expected one of the keys what, found unknown key 'per'\n");
    CHECK_THAT(problems_of(changed(pinning, ", per: host, on_accept: add, on_mode_change: clear", "")),
               Catch::StartsWith("test.yaml:5:6: expected the key 'per', found a map without it\n"
                                 "test.yaml:5:6: expected the key 'on_accept', found a map without it\n"
                                 "test.yaml:5:6: expected the key 'on_mode_change', found a map without "
                                 "it\n"));
}

TEST_CASE("what is pinned has one of three words", "[profile][profile]") {
    CHECK_THAT(problems_of(changed(plain, "what: nothing", "what: name")),
               Catch::StartsWith(
                   "test.yaml:5:13: expected one of nothing, public-key, certificate, found 'name'\n"));
}

TEST_CASE("the faults that make untrusted invalid are faults", "[profile][profile]") {
    CHECK_THAT(problems_of(changed(plain, "untrusted_faults: [expired]", "untrusted_faults: [old]")),
               Catch::StartsWith("test.yaml:6:20: expected one of unknown-issuer, expired, ") &&
                   Catch::EndsWith("size, found 'old'\n"));
}

TEST_CASE("a level is of a clause that exists", "[profile][profile]") {
    CHECK(problems_of(plain + "levels: {M-9: may}\n") ==
          "test.yaml:15:10: expected a clause of a clause list, found 'M-9'\n");
    CHECK(problems_of(plain + "levels: {M-1: shall}\n") ==
          "test.yaml:15:15: expected one of may, should, must, found 'shall'\n");
}

TEST_CASE("the default mode is one of the modes", "[profile][profile]") {
    CHECK(problems_of(plain + "default_mode: lax\n") ==
          "test.yaml:1:1: expected a default_mode that is one of the modes, found 'lax'\n");
}

TEST_CASE("modes are a map", "[profile][profile]") {
    CHECK(problems_of(plain_head + "modes: [strict]\n") ==
          "test.yaml:8:8: expected a map of modes, found a list\n");
}

TEST_CASE("questions show what the format knows", "[profile][profile]") {
    CHECK(
        problems_of(plain + "prompts: {warn: {shows: [colour]}}\n") ==
        "test.yaml:15:26: expected one of signer, fingerprints, subject, expires, faults, found 'colour'\n");
    CHECK(problems_of(plain + "prompts: {refuse: {shows: []}}\n") ==
          "test.yaml:15:11: expected one of the keys ask, warn, found unknown key 'refuse'\n");
}

TEST_CASE("a profile that is no map is refused", "[profile][profile]") {
    CHECK_THAT(problems_of("[a]"), Catch::StartsWith("test.yaml:1:1: expected a map, found a list\n"));
}

TEST_CASE("an overlay that says nothing is its base under another name", "[profile][overlay]") {
    const Profile read = overlay("{profile: mine, extends: pinning}");
    CHECK(read.name == "mine");
    CHECK(read.title == "Pinning");
    CHECK(read.ledger == "small");
    CHECK(read.event == "bad-certificate");
    CHECK(read.levels == std::map<std::string, Level>{{"M-2", Level::should}});
    CHECK(read.modes.at("ask").rows.size() == 5);
    CHECK(read.modes.at("ask").checks == known_profiles().at("pinning").modes.at("ask").checks);
}

TEST_CASE("an overlay without a name does not keep its base's", "[profile][overlay]") {
    CHECK(overlay("{extends: plain}").name == "named");
}

TEST_CASE("an overlay of nothing known is refused", "[profile][overlay]") {
    CHECK(overlay_problems("{extends: nobody}") ==
          "test.yaml:1:11: expected the name of a profile, found 'nobody'\n");
}

TEST_CASE("a cell of an overlay replaces the whole cell, and no other", "[profile][overlay]") {
    const Profile read = overlay(
        "extends: pinning\nmodes: {ask: {untrusted: {none: {decision: accept, pin: keep, event: none, "
        "clause: "
        "S-1}}}}\n");
    const RowCells& row = read.modes.at("ask").rows.at(Row::untrusted);
    REQUIRE(row.size() == 3);
    CHECK(row.at(Column::none).decision == std::set{Decision::accept});
    CHECK(row.at(Column::none).clause == Clauses{"S-1"});
    CHECK(row.at(Column::none).prefer.empty());
    CHECK(row.at(Column::none).pin_clause.empty());
    CHECK(row.at(Column::changed).event_clause == Clauses{"S-1"});
    CHECK(read.modes.at("ask").rows.at(Row::invalid).at(Column::any).decision == std::set{Decision::refuse});
}

TEST_CASE("a column over `any` leaves the old cell in the other columns", "[profile][overlay]") {
    const Profile read = overlay(
        "extends: pinning\nmodes: {ask: {invalid: {same: {decision: accept, pin: keep, event: none, clause: "
        "S-1}}}}\n");
    const RowCells& row = read.modes.at("ask").rows.at(Row::invalid);
    REQUIRE(row.size() == 3);
    CHECK_FALSE(row.contains(Column::any));
    CHECK(row.at(Column::none).decision == std::set{Decision::refuse});
    CHECK(row.at(Column::same).decision == std::set{Decision::accept});
    CHECK(row.at(Column::changed).decision == std::set{Decision::refuse});
}

TEST_CASE("`any` over columns takes the place of them all", "[profile][overlay]") {
    const Profile read = overlay(
        "extends: pinning\nmodes: {ask: {untrusted: {any: {decision: refuse, pin: keep, event: none, clause: "
        "S-1}}}}\n");
    const RowCells& row = read.modes.at("ask").rows.at(Row::untrusted);
    REQUIRE(row.size() == 1);
    CHECK(row.at(Column::any).clause == Clauses{"S-1"});
}

TEST_CASE("a check of an overlay's mode replaces that check alone", "[profile][overlay]") {
    const Profile read = overlay("{extends: pinning, modes: {ask: {checks: {once: M-1}}}}");
    CHECK(read.modes.at("ask").checks ==
          Checks{{"canary", {"M-1"}}, {"once", {"M-1"}}, {"restart", {"M-2"}}});
}

TEST_CASE("a standing check of an overlay joins those of its base", "[profile][overlay]") {
    const Profile read = overlay("{extends: plain, checks: {resumed: S-1}}");
    CHECK(read.modes.at("strict").checks == Checks{{"canary", {"M-1"}}, {"resumed", {"S-1"}}});
    CHECK(overlay("{extends: plain, checks: {canary: S-1}}").modes.at("strict").checks ==
          Checks{{"canary", {"S-1"}}});
}

TEST_CASE("a standing check of an overlay does not touch a mode's own", "[profile][overlay]") {
    CHECK(overlay("{extends: pinning, checks: {once: M-1}}").modes.at("ask").checks.at("once") ==
          Clauses{"S-2"});
}

TEST_CASE("the levels of an overlay replace those of its base", "[profile][overlay]") {
    const Profile read = overlay("{extends: pinning, levels: {S-1: may}}");
    CHECK(read.levels == std::map<std::string, Level>{{"S-1", Level::may}});
    CHECK(read.level("M-2", small_clause_list()) == Level::must);
}

TEST_CASE("the rest of an overlay's head replaces, key by key", "[profile][overlay]") {
    const Profile read = overlay(
        "{extends: pinning, title: Other, owes: ['S-*'], untrusted_faults: [wrong-name], "
        "default_mode: ask, public_requests: ['GET /'], prompts: {ask: {shows: []}}}");
    CHECK(read.title == "Other");
    CHECK(read.owes == Names{"S-*"});
    CHECK(read.untrusted_faults == std::set{Fault::wrong_name});
    CHECK(read.default_mode == "ask");
    CHECK(read.public_requests == Names{"GET /"});
    CHECK(read.prompts.contains(Decision::ask));
    CHECK(read.pin.what == PinWhat::certificate);
}

TEST_CASE("an overlay may bring a mode, which must then be full", "[profile][overlay]") {
    const std::string mode = plain_modes.substr(plain_modes.find("    trusted"));
    CHECK(overlay("extends: plain\nmodes:\n  lax:\n" + mode).modes.size() == 2);
    CHECK(overlay("extends: plain\nmodes:\n  lax:\n" + mode).modes.at("lax").checks ==
          Checks{{"canary", {"M-1"}}});
    CHECK_THAT(overlay_problems("{extends: plain, modes: {lax: {}}}"),
               Catch::StartsWith("test.yaml:1:31: expected a row 'trusted', found a mode without it\n"));
}

TEST_CASE("an overlay that pins something else must fill the columns of all rows", "[profile][overlay]") {
    const std::string pin = "pin: {what: public-key, per: host, on_accept: add, on_mode_change: keep}";
    CHECK(overlay_problems("{extends: pinning, " + pin + "}") ==
          "test.yaml:1:1: expected the column any, or all of none, same, renewed, changed in ask.untrusted, "
          "found none, same, changed\n");
    CHECK(overlay_problems("{extends: pinning, " + pin +
                           ", modes: {ask: {untrusted: {renewed: {decision: accept, pin: keep, event: none, "
                           "clause: M-1}}}}}")
              .empty());
}

TEST_CASE("an overlay that pins what its base did not must say what each cell does", "[profile][overlay]") {
    CHECK_THAT(overlay_problems("{extends: plain, pin: {what: certificate, per: host, on_accept: add, "
                                "on_mode_change: keep}}"),
               Catch::StartsWith("test.yaml:1:1: expected `pin` exactly where the profile pins in "
                                 "strict.trusted, found none\n"));
}

TEST_CASE("an overlay that names an event must give each cell its rule", "[profile][overlay]") {
    CHECK_THAT(overlay_problems("{extends: plain, event: alarm}"),
               Catch::StartsWith("test.yaml:1:1: expected `event` exactly where the profile names one in "
                                 "strict.trusted, found none\n"));
}

TEST_CASE("an overlay's default mode is one of all modes", "[profile][overlay]") {
    CHECK(overlay_problems("{extends: plain, default_mode: strict}").empty());
    CHECK(overlay_problems("{extends: plain, default_mode: lax}") ==
          "test.yaml:1:1: expected a default_mode that is one of the modes, found 'lax'\n");
}

TEST_CASE("a folder of profiles is read by name", "[profile][profile]") {
    const Folder folder({{"plain.yaml", plain}, {"pinning.yaml", pinning}, {"README.md", "no profile"}});
    const auto profiles = load_profiles(folder.path, small_clause_list());
    if (!profiles) FAIL(profiles.error().text());
    CHECK(profiles->size() == 2);
    CHECK(profiles->at("pinning").title == "Pinning");
}

TEST_CASE("overlays may extend what comes later in the folder, overlays too", "[profile][overlay]") {
    const Folder folder({{"a.yaml", "{profile: a, extends: b, title: A}"},
                         {"b.yaml", "{profile: b, extends: plain, owes: ['S-*']}"},
                         {"plain.yaml", plain}});
    const auto profiles = load_profiles(folder.path, small_clause_list());
    if (!profiles) FAIL(profiles.error().text());
    CHECK(profiles->at("a").title == "A");
    CHECK(profiles->at("a").owes == Names{"S-*"});
}

TEST_CASE("overlays that extend each other are refused", "[profile][overlay]") {
    CHECK(folder_problems({{"a.yaml", "{profile: a, extends: b}"}, {"b.yaml", "{profile: b, extends: a}"}}) ==
          "a.yaml:1:23: expected the name of a profile, found 'b'\n"
          "b.yaml:1:23: expected the name of a profile, found 'a'\n");
}

TEST_CASE("a profile has the name of its file", "[profile][profile]") {
    CHECK(folder_problems({{"other.yaml", plain}}) ==
          "other.yaml:1:1: expected the file's name as profile, 'other', found plain\n");
}

TEST_CASE("all broken profiles of a folder are reported", "[profile][profile]") {
    CHECK(folder_problems({{"a.yaml", "{extends: x}"}, {"b.yaml", "[\n"}, {"c.yaml", "{extends: z}"}}) ==
          "b.yaml:1:1: expected node content while parsing a flow node, found the end of the file\n"
          "a.yaml:1:11: expected the name of a profile, found 'x'\n"
          "c.yaml:1:11: expected the name of a profile, found 'z'\n");
}

TEST_CASE("a folder of profiles that is not there is refused", "[profile][profile]") {
    const auto profiles = load_profiles("/nowhere/at/all", small_clause_list());
    REQUIRE(profiles.has_error());
    CHECK_THAT(profiles.error().text(), Catch::StartsWith("cannot read the folder /nowhere/at/all: "));
}

TEST_CASE("the profiles of the repository load, and each owes clauses that exist", "[profile][profile]") {
    const fs::path fixtures = fs::path(GUISE_SOURCE_DIR) / "fixtures";
    const ClauseList clauses = load_clause_lists(fixtures / "ledgers").value();
    const auto profiles = load_profiles(fixtures / "profiles", clauses);
    if (!profiles) FAIL(profiles.error().text());
    CHECK(profiles->size() >= 4);
    CHECK(profiles->at("tls-client").modes.contains("strict"));
    for (const auto& [name, profile] : *profiles) {
        INFO(name);
        CHECK_FALSE(profile.owes.empty());
        CHECK(std::any_of(clauses.begin(), clauses.end(),
                          [&](const auto& clause) { return clause.second.ledger == profile.ledger; }));
    }
}

}  // namespace
}  // namespace guise::profile::profile_test
