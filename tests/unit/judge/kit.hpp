// What the tests of this folder share: evidence made up of connections and questions, and small cases to
// judge it in.
#pragma once

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

using namespace std::chrono_literals;
using profile::Decision;
using tls::Direction;
using tls::Ending;
using tls::Transcript;

inline const std::string canary = "canary-0123456789abcdef";

inline tls::Alert alert(std::uint8_t description, Direction direction = Direction::received) {
    return {direction, 2, description, false, {}};
}

/// A connection that spoke TLS and ended before our Certificate.
inline Transcript greeted(Ending ending = Ending::client_closed) {
    Transcript out;
    out.hello.emplace();
    out.speaks_tls = true;
    out.ending = ending;
    return out;
}
/// One whose client has seen our Certificate and not finished.
inline Transcript shown(Ending ending = Ending::client_closed) {
    Transcript out = greeted(ending);
    out.certificate_sent = true;
    return out;
}
/// One refused with an alert.
inline Transcript refused(std::uint8_t description = 48) {
    Transcript out = shown();
    out.alerts = {alert(description)};
    return out;
}
/// One that finished the handshake and sent this.
inline Transcript finished(const std::string& sent = {}, Ending ending = Ending::client_closed) {
    Transcript out = shown(ending);
    out.finished = true;
    out.application = sent;
    out.application_bytes = sent.size();
    return out;
}
/// One that never spoke TLS and sent this.
inline Transcript plain(const std::string& sent) {
    Transcript out;
    out.clear = sent;
    out.ending = Ending::server_closed;
    return out;
}

/// A visit of a client that ended by itself, with these connections.
inline evidence::VisitEvidence visit(std::vector<Transcript> connections, int exit_code = 0) {
    evidence::VisitEvidence out;
    out.connections = std::move(connections);
    out.client.process.exit_code = exit_code;
    out.client.process.lasted = 100ms;
    out.canary = canary;
    out.client_deadline = 5s;
    return out;
}

inline evidence::Observation seen(std::vector<Transcript> connections) {
    return evidence::observe(visit(std::move(connections)), {});
}

/// A question of this kind that shows all that it should, and was answered so.
inline evidence::PromptRecord question(const std::string& kind, const std::string& answered) {
    evidence::PromptRecord out;
    out.kind = kind;
    out.answered = answered;
    out.explicit_trust = kind == "warn";
    out.shown = {{"signer", "self"}, {"sha1", "aabbcc"}};
    out.shows_faults = true;
    return out;
}
/// A visit of a client whose questions can be seen, with these.
inline evidence::VisitEvidence asked(std::vector<Transcript> connections,
                                     std::vector<evidence::PromptRecord> questions) {
    evidence::VisitEvidence out = visit(std::move(connections));
    out.client.prompts = std::move(questions);
    out.client.reports_prompts = true;
    return out;
}
inline evidence::Observation seen_asking(std::vector<Transcript> connections, const std::string& kind,
                                         const std::string& answered) {
    return evidence::observe(asked(std::move(connections), {question(kind, answered)}), {});
}

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
             "prompt-true",  "swapped", "no-proof",   "event-fired",    "one-prompt"});
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
    "old-version,\n"
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
    /// What visit `number` is owed from `state`.
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

/// The first visit of a story, which goes one of its owed ways (by its decision) and was seen so.
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
