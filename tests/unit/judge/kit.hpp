// What the tests of this folder share: small cases to judge evidence in.
#pragma once

#include "evidence/kit.hpp"
#include "judge/judge.hpp"
#include "judge/visit_checks.hpp"
#include "profile/table.hpp"
#include "scenario/kit.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace guise::judge::test {

using namespace evidence;
using namespace evidence::test;

using Clauses = std::vector<std::string>;

/// The clauses that the profiles here name. A standing check has one of its own name.
inline const profile::ClauseList& clauses() {
    static const profile::ClauseList all = [] {
        profile::ClauseList out;
        const auto add = [&](Level level, const std::vector<std::string>& ids) {
            for (const std::string& id : ids) {
                out[id].id = id;
                out[id].level = level;
            }
        };
        add(Level::must,
            {"trusted",      "first",   "known",      "changed",        "invalid",      "canary",
             "declined",     "once",    "pin-kept",   "restart",        "mode-applied", "isolated",
             "default-mode", "resumed", "plain-text", "installed-root", "old-version",  "no-way-on",
             "prompt-true",  "swapped", "no-proof",   "event-fired",    "one-prompt",   "crash"});
        add(Level::should, {"renewed", "rather-warn", "unreadable", "prompt-shows", "prompt-trust",
                            "event-once", "event-absent", "event-faults", "event-changed", "pinned"});
        add(Level::may, {"whatever"});
        return out;
    }();
    return all;
}

/// A client that asks, remembers keys and tells of an event. `strict` accepts what is trusted; `off`
/// anything.
inline const std::string asking =
    "profile: asking\ntitle: Asking\nledger: small\nowes: ['*']\ndefault_mode: ask\n"
    "pin: {what: public-key, per: server-id, on_accept: replace, on_mode_change: keep}\n"
    "untrusted_faults: [expired]\nevent: bad-certificate\n"
    "prompts: {ask: {shows: [signer]}, warn: {shows: [fingerprints, faults], needs: explicit-trust}}\n"
    "checks: {canary: canary, declined: declined, mode-applied: mode-applied, isolated: isolated,\n"
    "         default-mode: default-mode, resumed: resumed, plain-text: plain-text, old-version: "
    "old-version, crash: crash,\n"
    "         installed-root: installed-root, one-prompt: one-prompt, event-fired: event-fired,\n"
    "         event-once: event-once, event-absent: event-absent, event-faults: event-faults}\n"
    "modes:\n"
    "  ask:\n"
    "    checks: {pin-kept: pin-kept, restart: restart, once: once, prompt-true: prompt-true,\n"
    "             prompt-shows: prompt-shows, prompt-trust: prompt-trust}\n"
    "    trusted: {any: {decision: accept, pin: keep, event: none, clause: trusted}}\n"
    "    untrusted:\n"
    "      none: {decision: ask, pin: set, pin_clause: pinned, event: none, clause: first}\n"
    "      same: {decision: accept, pin: keep, event: none, clause: known}\n"
    "      renewed: {decision: accept, pin: keep, event: none, clause: renewed}\n"
    "      changed: {decision: [warn, refuse], prefer: warn, prefer_clause: rather-warn, pin: set, event: "
    "fire,\n"
    "                event_clause: event-changed, clause: changed}\n"
    "    invalid: {any: {decision: [warn, refuse], pin: keep, event: fire, clause: invalid}}\n"
    "    unreadable: {any: {decision: refuse, pin: keep, event: may, clause: invalid}}\n"
    "    no-proof: {any: {decision: refuse, pin: keep, event: may, clause: no-proof}}\n"
    "    swapped: {any: {decision: refuse, pin: keep, event: may, clause: swapped}}\n"
    "  strict:\n"
    "    checks: {no-way-on: no-way-on}\n"
    "    trusted: {any: {decision: accept, pin: keep, event: may, clause: trusted}}\n"
    "    untrusted: {any: {decision: refuse, pin: keep, event: may, clause: first}}\n"
    "    invalid: {any: {decision: refuse, pin: keep, event: may, clause: invalid}}\n"
    "    unreadable: {any: {decision: refuse, pin: keep, event: may, clause: invalid}}\n"
    "    no-proof: {any: {decision: refuse, pin: keep, event: may, clause: no-proof}}\n"
    "  lax:\n"
    "    trusted: {any: {decision: accept, pin: keep, event: may, clause: trusted}}\n"
    "    untrusted: {any: {decision: accept, pin: keep, event: may, clause: renewed}}\n"
    "    invalid: {any: {decision: [accept, refuse], prefer: refuse, prefer_clause: rather-warn, pin: keep,\n"
    "                    event: may, clause: invalid}}\n"
    "    unreadable: {any: {decision: accept, pin: keep, event: may, clause: whatever}}\n"
    "    no-proof: {any: {decision: refuse, pin: keep, event: may, clause: no-proof}}\n";

/// What the scenarios here present.
inline const std::string trusted = "{leaf: leaf}";
inline const std::string expired = "{leaf: leaf, defect: expired}";
inline const std::string version_1 =
    "{leaf: leaf, defect: version-1}";  // a fault that may be overlooked: a note
inline const std::string old_root =
    "{leaf: leaf, defect: {expired: {at: root}}}";  // and one that may: no word
inline const std::string key_a = "{leaf: self-signed, key: a}";
inline const std::string key_b = "{leaf: self-signed, key: b}";
inline std::string shows(const std::string& present, const std::string& more = {}) {
    return "{present: " + present + more + "}";
}

/// A scenario of these visits (a list in YAML) in one mode of a profile, with all it keeps references to.
struct Story {
    explicit Story(const std::string& visits, const std::string& start = "ask", const std::string& more = {},
                   const std::string& text = asking)
        : scenario(scenario::test::scenario_of(scenario::test::visits(visits) + more)),
          profile(profile::make_profile(pki::test::tree(text), "named", {}, clauses()).value()),
          mode(start) {}

    [[nodiscard]] profile::Subject subject() const { return {scenario, profile, clauses(), mode}; }
    [[nodiscard]] profile::Possible start() const { return profile::at_start(scenario, profile, mode); }
    /// What is expected in visit `number` from `state`.
    Standpoint standpoint(const profile::Possible& state, int number = 1) {
        return {state, profile::step(subject(), facts, number, state, false)};
    }
    Judgement judge(const SeenVisits& visits, const Controls& controls = {}) {
        return judge_case(subject(), facts, visits, controls);
    }

    scenario::Scenario scenario;
    profile::Profile profile;
    std::string mode;
    profile::FactsSource facts{pki::test::repository()};
};

/// The first visit of a story, which goes one of its expected ways (by its decision) and was seen so.
struct Met {
    Met(Story&& told, Decision decision, evidence::Observation observed)
        : story(std::move(told)), seen(std::move(observed)) {
        for (const profile::Alternative& each : from.due)
            if (each.decision == decision) way = each;
    }
    [[nodiscard]] Explained explained() const { return {subject, 1, from, way, seen}; }

    Story story;
    profile::Subject subject = story.subject();
    profile::Possible before = story.start();
    Standpoint from = story.standpoint(before);
    profile::Alternative way;
    evidence::Observation seen;
};

inline const Check* find(const std::vector<Check>& checks, const std::string& name, int visit = 0) {
    for (const Check& check : checks)
        if (check.name == name && (visit == 0 || check.visit == visit)) return &check;
    return nullptr;
}
inline const Check* find(const Judgement& judgement, const std::string& name, int visit = 0) {
    return find(judgement.checks, name, visit);
}
/// The check, which must have been made.
inline Check made(const std::vector<Check>& checks, const std::string& name, int visit = 0) {
    const Check* check = find(checks, name, visit);
    INFO("the check " << name);
    REQUIRE(check);
    return *check;
}
inline Check made(const Judgement& judgement, const std::string& name, int visit = 0) {
    return made(judgement.checks, name, visit);
}

}  // namespace guise::judge::test
