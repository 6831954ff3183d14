#include "judge/known_deviation.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <stdlib.h>

namespace guise::judge::known_deviation_test {
namespace {

using namespace std::chrono;
namespace fs = std::filesystem;

constexpr sys_days today{year(2026) / 1 / 15};

// A file in a folder of its own, gone with the object.
class File final {
 public:
    explicit File(const std::string& text) {
        std::string name = (fs::temp_directory_path() / "guise-known-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        std::ofstream(path(), std::ios::binary) << text;
    }
    ~File() { fs::remove_all(folder_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] fs::path path() const { return folder_ / "known.yaml"; }

 private:
    fs::path folder_;
};

std::string entry(const std::string& match, const std::string& more = {}) {
    return "known: demo\nentries:\n  - match: " + match +
           "\n    fails: {verdict: fail, observed: accept}\n    reason: a reason\n    evidence: a command\n" +
           more;
}
const std::string plain_match = "{scenario: a/b, check: decision}";

std::vector<KnownDeviation> entries_of(const std::string& text, bool needs_expiry = false) {
    const auto entries = load_known(File(text).path(), needs_expiry);
    if (!entries) FAIL(entries.error().text());
    return *entries;
}

// The messages of a broken file, without its name; nothing for a good one.
std::string problems_of(const std::string& text, bool needs_expiry = false) {
    const auto entries = load_known(File(text).path(), needs_expiry);
    if (entries) return {};
    std::string out;
    for (Problem problem : entries.error().list) {
        problem.where.file = "known.yaml";
        out += problem.text() + "\n";
    }
    return out;
}

Check check(const std::string& name, Verdict verdict, const std::string& observed) {
    return {name, 1, verdict, "refuse", observed, {}, Level::must, false};
}
Judgement judged(const std::vector<Check>& checks) { return {worst(checks), {}, checks}; }

KnownDeviation known(const std::string& scenario = "a/b", const std::string& name = "decision") {
    KnownDeviation out;
    out.client = "demo";
    out.scenario = scenario;
    out.mode = "*";
    out.check = name;
    out.observed = "accept";
    out.reason = "we know";
    return out;
}

Standing standing(const Judgement& judgement, const std::vector<KnownDeviation>& entries) {
    return standing_of(judgement, "a/b", about(entries, {"demo", "7.88.1", "strict"}, today));
}
const Judgement failed = judged({check("decision", Verdict::fail, "accept: accepted and sent data")});
const Judgement passed = judged({check("decision", Verdict::pass, "refuse: refused")});

// How a failure stands to one entry.
Disposition with(const KnownDeviation& one) { return standing(failed, {one}).disposition; }

TEST_CASE("an entry keeps all that it says", "[judge][known]") {
    const auto entries =
        entries_of(entry("{scenario: 'names/*', mode: strict, check: alert, version: '>=7.80 <8.0'}",
                         "    expires: '2027-03-31'\n"));
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].client == "demo");
    CHECK(entries[0].scenario == "names/*");
    CHECK(entries[0].mode == "strict");
    CHECK(entries[0].check == "alert");
    CHECK(entries[0].version == ">=7.80 <8.0");
    CHECK(entries[0].verdict == Verdict::fail);
    CHECK(entries[0].observed == "accept");
    CHECK(entries[0].reason == "a reason");
    CHECK(entries[0].evidence == "a command");
    CHECK(entries[0].expires == sys_days(year(2027) / 3 / 31));
    CHECK(entries[0].where.line == 3);
}

TEST_CASE("an entry without mode, version and expiry is for all of them", "[judge][known]") {
    const auto entries = entries_of(entry(plain_match));
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].mode == "*");
    CHECK(entries[0].version.empty());
    CHECK_FALSE(entries[0].expires.has_value());
}

TEST_CASE("a file may have no entries", "[judge][known]") {
    CHECK(entries_of("known: demo\nentries: []\n").empty());
}

TEST_CASE("a file that is not there is refused", "[judge][known]") {
    const auto entries = load_known("/nowhere/known.yaml", false);
    REQUIRE(entries.has_error());
    CHECK(entries.error().text() == "/nowhere/known.yaml: expected a readable file, found none\n");
}

TEST_CASE("a file says whom it knows, and what", "[judge][known]") {
    CHECK(problems_of("client: demo\n") ==
          "known.yaml:1:1: expected the key 'known', found a map without it\n"
          "known.yaml:1:1: expected the key 'entries', found a map without it\n"
          "known.yaml:1:1: expected one of the keys entries, known, found unknown key 'client'\n");
}

TEST_CASE("an entry says what it matches, how that fails, why, and how to see it", "[judge][known]") {
    CHECK(problems_of("known: demo\nentries: [{}]\n") ==
          "known.yaml:2:11: expected the key 'match', found a map without it\n"
          "known.yaml:2:11: expected the key 'fails', found a map without it\n"
          "known.yaml:2:11: expected the key 'reason', found a map without it\n"
          "known.yaml:2:11: expected the key 'evidence', found a map without it\n");
}

TEST_CASE("a match names a scenario and a check", "[judge][known]") {
    CHECK(problems_of(entry("{}")) ==
          "known.yaml:3:12: expected the key 'scenario', found a map without it\n"
          "known.yaml:3:12: expected the key 'check', found a map without it\n");
}

TEST_CASE("an unknown key is refused at its place", "[judge][known]") {
    CHECK(problems_of(entry(plain_match, "    expiry: never\n")) ==
          "known.yaml:7:5: expected one of the keys evidence, expires, fails, match, reason, found unknown "
          "key 'expiry' (did you mean 'expires'?)\n");
    CHECK(problems_of(entry("{scenario: a/b, check: decision, modes: strict}")) ==
          "known.yaml:3:45: expected one of the keys check, mode, scenario, version, found unknown key "
          "'modes' (did you mean 'mode'?)\n");
}

TEST_CASE("a verdict has one of the judge's words", "[judge][known]") {
    std::string text = entry(plain_match);
    text.replace(text.find("verdict: fail"), 13, "verdict: oops");
    CHECK_THAT(problems_of(text), Catch::StartsWith("known.yaml:4:22: expected one of pass, note, fail, "
                                                    "inconclusive, error, not-applicable, not-run, found"));
}

TEST_CASE("an expiry is a day", "[judge][known]") {
    const std::string day =
        GENERATE(as<std::string>(), "soon", "2027-13-01", "2027-02-30", "2027-03-31x", "");
    CAPTURE(day);
    CHECK(problems_of(entry(plain_match, "    expires: '" + day + "'\n")) ==
          "known.yaml:7:14: expected a day such as 2027-03-31, found '" + day + "'\n");
}

TEST_CASE("a user's entry must say when it ends", "[judge][known]") {
    CHECK(problems_of(entry(plain_match), true) ==
          "known.yaml:3:5: expected the key 'expires', found a map without it\n");
    CHECK(problems_of(entry(plain_match, "    expires: ''\n"), true) ==
          "known.yaml:7:14: expected a day such as 2027-03-31, found ''\n");
    CHECK(entries_of(entry(plain_match, "    expires: '2027-03-31'\n"), true).size() == 1);
}

TEST_CASE("a range of versions that could match nothing is refused", "[judge][known]") {
    const std::string range = GENERATE(as<std::string>(), "=>8", "~8", ">=", "v8", ">= 8");
    CAPTURE(range);
    CHECK_THAT(
        problems_of(entry("{scenario: a/b, check: decision, version: '" + range + "'}")),
        Catch::StartsWith("known.yaml:3:54: expected a range of versions such as >=7.80 <8.0, found '"));
}

TEST_CASE("all broken entries are reported", "[judge][known]") {
    CHECK(problems_of("known: demo\nentries:\n  - match\n  - {match: x}\n").find("known.yaml:4:5: ") !=
          std::string::npos);
}

TEST_CASE("the known behaviour of the repository loads", "[judge][known]") {
    const fs::path dir = fs::path(GUISE_SOURCE_DIR) / "fixtures/clients/known";
    if (!fs::exists(dir)) return;
    for (const auto& file : fs::directory_iterator(dir)) {
        if (file.path().extension() != ".yaml") continue;
        const auto entries = load_known(file.path(), false);
        if (!entries) FAIL(entries.error().text());
        for (const KnownDeviation& one : *entries) CHECK(one.client == file.path().stem().string());
    }
}

TEST_CASE("a version lies within its bounds, each of them", "[judge][version]") {
    CHECK(in_range("7.88.1", ">=7.80 <8.0"));
    CHECK_FALSE(in_range("8.0.0", ">=7.80 <8.0"));
    CHECK_FALSE(in_range("7.79.9", ">=7.80 <8.0"));
    CHECK(in_range("7.88.1", ""));
}

TEST_CASE("each sign of a bound means what it says", "[judge][version]") {
    CHECK(in_range("8", ">=8"));
    CHECK_FALSE(in_range("8", ">8"));
    CHECK(in_range("8.1", ">8"));
    CHECK(in_range("8", "<=8"));
    CHECK_FALSE(in_range("8.1", "<=8"));
    CHECK_FALSE(in_range("8", "<8"));
    CHECK(in_range("8", "=8"));
    CHECK(in_range("8", "8"));
    CHECK_FALSE(in_range("8.1", "8"));
}

TEST_CASE("versions are compared part by part as numbers", "[judge][version]") {
    CHECK(in_range("7.100", ">7.88"));
    CHECK(in_range("10.0", ">9.9"));
    CHECK_FALSE(in_range("7.9", ">7.10"));
}

TEST_CASE("zeros at the end make no other version", "[judge][version]") {
    CHECK(in_range("8", ">=8.0"));
    CHECK(in_range("8.0", "<=8"));
    CHECK(in_range("8.0.0", "8"));
    CHECK_FALSE(in_range("8.0", "<8"));
}

TEST_CASE("what is between the numbers does not count", "[judge][version]") {
    CHECK(in_range("OpenSSL 3.0.17", ">=3.0.2"));
    CHECK(in_range("7.88-1", ">=7.88"));
    CHECK(in_range("7.88-1", ">=7.88.1"));
}

TEST_CASE("a version without numbers is below all others", "[judge][version]") {
    CHECK_FALSE(in_range("unknown", ">=1"));
    CHECK(in_range("", "<1"));
}

TEST_CASE("a bound without a number holds for nothing", "[judge][version]") {
    CHECK_FALSE(in_range("8", ">="));
    CHECK_FALSE(in_range("8", "=>8"));
}

TEST_CASE("a case where nothing is wrong is as expected", "[judge][standing]") {
    const Standing read = standing(passed, {});
    CHECK(read.disposition == Disposition::expected);
    CHECK(read.reason.empty());
}

TEST_CASE("a failure that nobody knows is unexpected", "[judge][standing]") {
    CHECK(standing(failed, {}).disposition == Disposition::unexpected);
}

TEST_CASE("a failure that an entry knows is expected", "[judge][standing]") {
    const std::vector<KnownDeviation> entries{known()};
    const Standing read = standing(failed, entries);
    CHECK(read.disposition == Disposition::expected);
    CHECK(read.reason == "we know");
}

TEST_CASE("an entry is about its client, its scenarios and its modes", "[judge][standing]") {
    CHECK(with(known("a/*")) == Disposition::expected);
    CHECK(with(known("b/*")) == Disposition::unexpected);
    KnownDeviation other = known();
    other.client = "another";
    CHECK(with(other) == Disposition::unexpected);
    KnownDeviation mode = known();
    mode.mode = "strict";
    CHECK(with(mode) == Disposition::expected);
    mode.mode = "disabled";
    CHECK(with(mode) == Disposition::unexpected);
}

TEST_CASE("an entry is about its versions", "[judge][standing]") {
    KnownDeviation one = known();
    one.version = ">=7.80 <8.0";
    CHECK(with(one) == Disposition::expected);
    one.version = ">=8.0";
    CHECK(with(one) == Disposition::unexpected);
}

TEST_CASE("an entry ends at the beginning of the day it expires", "[judge][standing]") {
    KnownDeviation one = known();
    one.expires = today + days(1);
    CHECK(with(one) == Disposition::expected);
    one.expires = today;
    CHECK(with(one) == Disposition::unexpected);
}

TEST_CASE("an expired entry is not missed where all is well", "[judge][standing]") {
    KnownDeviation one = known();
    one.expires = today - days(1);
    CHECK(standing(passed, {one}).disposition == Disposition::expected);
}

TEST_CASE("a failure in another way is unexpected", "[judge][standing]") {
    KnownDeviation way = known();
    way.observed = "refuse";
    CHECK(with(way) == Disposition::unexpected);
    KnownDeviation verdict = known();
    verdict.verdict = Verdict::note;
    CHECK(with(verdict) == Disposition::unexpected);
    CHECK(with(known("a/b", "canary")) == Disposition::unexpected);
}

TEST_CASE("what was observed need only begin as the entry says", "[judge][standing]") {
    KnownDeviation one = known();
    one.observed = "";
    CHECK(with(one) == Disposition::expected);
    one.observed = "accepted";
    CHECK(with(one) == Disposition::unexpected);
}

TEST_CASE("an entry excuses one check and not its neighbour", "[judge][standing]") {
    const Judgement two = judged({check("decision", Verdict::fail, "accept: accepted"),
                                  check("canary", Verdict::fail, "the canary arrived")});
    CHECK(standing(two, {known()}).disposition == Disposition::unexpected);
    CHECK_FALSE(standing(two, {known()}).reason.empty());
    KnownDeviation canary = known("a/b", "canary");
    canary.observed = "the canary";
    CHECK(standing(two, {known(), canary}).disposition == Disposition::expected);
}

TEST_CASE("an entry whose check passes now is fixed", "[judge][standing]") {
    const Standing read = standing(passed, {known()});
    CHECK(read.disposition == Disposition::fixed);
    CHECK(read.reason.empty());
}

TEST_CASE("of two entries the one that no longer holds makes the case fixed", "[judge][standing]") {
    const Standing read = standing(failed, {known(), known("a/b", "canary")});
    CHECK(read.disposition == Disposition::fixed);
    CHECK(read.reason == "we know");
}

TEST_CASE("something unknown counts before something fixed", "[judge][standing]") {
    CHECK(standing(failed, {known("a/b", "canary")}).disposition == Disposition::unexpected);
}

TEST_CASE("a note alone does not make a case unexpected", "[judge][standing]") {
    const Judgement note = judged(
        {check("decision", Verdict::pass, "refuse: refused"), check("alert", Verdict::note, "no alert")});
    CHECK(standing(note, {}).disposition == Disposition::expected);
    CHECK(standing(note, {}).reason.empty());
}

TEST_CASE("an entry may know a note, and is fixed without it", "[judge][standing]") {
    KnownDeviation one = known("a/b", "alert");
    one.verdict = Verdict::note;
    one.observed = "no alert";
    const Judgement note = judged(
        {check("decision", Verdict::pass, "refuse: refused"), check("alert", Verdict::note, "no alert")});
    CHECK_FALSE(standing(note, {one}).reason.empty());
    CHECK(standing(note, {one}).disposition == Disposition::expected);
    CHECK(standing(passed, {one}).disposition == Disposition::fixed);
}

TEST_CASE("what is inconclusive or in error is unexpected", "[judge][standing]") {
    CHECK(standing(judged({check("decision", Verdict::inconclusive, "idle")}), {}).disposition ==
          Disposition::unexpected);
    CHECK(standing(judged({check("decision", Verdict::error, "gone")}), {}).disposition ==
          Disposition::unexpected);
}

TEST_CASE("what was not judged fixes nothing", "[judge][standing]") {
    CHECK(standing(judged({}), {known()}).disposition == Disposition::expected);
    CHECK(standing(judged({check("decision", Verdict::not_applicable, "says no")}), {known()}).disposition ==
          Disposition::expected);
    CHECK(standing(judged({check("decision", Verdict::inconclusive, "idle")}), {known()}).disposition !=
          Disposition::fixed);
}

TEST_CASE("a difference that is only described is not wrong", "[judge][standing]") {
    Check described = check("decision", Verdict::pass, "accept: accepted");
    described.described = true;
    CHECK(standing(judged({described}), {}).disposition == Disposition::expected);
}

TEST_CASE("an entry that knows a pass knows nothing, and is refused", "[judge][known]") {
    const auto* verdict = GENERATE("pass", "not-applicable", "not-run");
    std::string text = entry(plain_match);
    text.replace(text.find("verdict: fail"), 13, std::string("verdict: ") + verdict);
    CHECK(problems_of(text) ==
          "known.yaml:4:12: expected a verdict that is not as owed: note, fail, inconclusive or error, found "
          "'" +
              std::string(verdict) + "'\n");
}

TEST_CASE("the reason is of the entry that knows what is wrong, and of no other about the case",
          "[judge][standing]") {
    KnownDeviation other = known("a/b", "canary");
    other.reason = "another one";
    CHECK(standing(failed, {other, known()}).reason == "we know");
}

TEST_CASE("an error without a check is never expected", "[judge][standing]") {
    CHECK(standing({Verdict::error, "no port", {}}, {known()}).disposition == Disposition::unexpected);
}

}  // namespace
}  // namespace guise::judge::known_deviation_test
