// A profile that remembers, and scenarios that are written as their visits.
#pragma once

#include "profile/kit.hpp"
#include "profile/step.hpp"
#include "scenario/kit.hpp"

#include <set>
#include <string>
#include <vector>

namespace guise::profile::test {

/// Pins keys and names an event; `open` accepts everything.
inline const std::string keeping =
    "profile: keeping\ntitle: Keeping\nledger: small\nowes: ['*']\ndefault_mode: ask\n"
    "pin: {what: public-key, per: server-id, on_accept: replace, on_mode_change: either}\n"
    "untrusted_faults: [expired]\nevent: bad-certificate\n"
    "checks: {canary: M-1, declined: M-2, mode-applied: Y-1, default-mode: Y-1, isolated: Y-1, resumed: "
    "Y-1,\n"
    "         plain-text: Y-1, old-version: Y-1, installed-root: Y-1, event-once: S-2, event-faults: Y-1}\n"
    "modes:\n"
    "  ask:\n"
    "    checks: {pin-kept: S-2, restart: S-2, once: S-1, one-prompt: Y-1, prompt-trust: S-1, no-way-on: "
    "S-2}\n"
    "    trusted: {any: {decision: accept, pin: keep, event: none, clause: M-1}}\n"
    "    untrusted:\n"
    "      none: {decision: ask, pin: set, pin_clause: S-2, event: none, clause: M-1}\n"
    "      same: {decision: accept, pin: keep, event: none, clause: M-2}\n"
    "      renewed: {decision: accept, pin: [keep, set], event: none, clause: M-2}\n"
    "      changed: {decision: [warn, refuse], prefer: warn, prefer_clause: S-1, pin: set, event: fire,\n"
    "                event_clause: S-1, clause: M-1}\n"
    "    invalid: {any: {decision: refuse, pin: keep, event: fire, clause: S-1}}\n"
    "    unreadable: {any: {decision: refuse, pin: keep, event: may, clause: M-1}}\n"
    "    no-proof: {any: {decision: refuse, pin: keep, event: may, clause: M-1}}\n"
    "    swapped: {any: {decision: refuse, pin: keep, event: may, clause: M-2}}\n"
    "    contradicted: {any: {decision: refuse, pin: keep, event: may, clause: M-2}}\n"
    "  open:\n"
    "    trusted: {any: {decision: accept, pin: keep, event: none, clause: M-1}}\n"
    "    untrusted: {any: {decision: accept, pin: keep, event: none, clause: M-1}}\n"
    "    invalid: {any: {decision: accept, pin: keep, event: none, clause: M-1}}\n"
    "    unreadable: {any: {decision: accept, pin: keep, event: none, clause: M-1}}\n"
    "    no-proof: {any: {decision: refuse, pin: keep, event: may, clause: M-1}}\n";

/// Certificates of the repository that no client here trusts.
inline const std::string key_a = "{leaf: self-signed, key: a}";
inline const std::string key_b = "{leaf: self-signed, key: b}";
inline std::string visit(const std::string& present, const std::string& more = {}) {
    return "{present: " + present + more + "}";
}
inline const std::string going_on = ", answer: connect";

/// A scenario of these visits (a list in YAML) in one mode of a profile, with all it keeps references to.
struct Story {
    explicit Story(const std::string& list, const std::string& start = "ask",
                   const std::string& text = keeping, const std::string& more = {})
        : scenario(scenario::test::scenario_of(scenario::test::visits(list) + more)),
          profile(profile_of(text)),
          mode(start) {}

    [[nodiscard]] Subject subject() const { return {scenario, profile, small_clause_list(), mode}; }
    [[nodiscard]] Possible start() const { return at_start(scenario, profile, mode); }
    /// The ways that a visit may go.
    std::vector<Alternative> ways(int number, const Possible& state, bool tolerated = false) {
        return step(subject(), facts, number, state, tolerated);
    }
    /// The state after visits 1 to `number`, each going the first way that ends in `final`.
    Possible after(int number, Final final = Final::accepted) {
        Possible state = start();
        for (int i = 1; i <= number; ++i)
            for (const Alternative& one : ways(i, state))
                if (one.situation.empty() || one.final == final) {
                    state = one.next;
                    break;
                }
        return state;
    }

    scenario::Scenario scenario;
    Profile profile;
    std::string mode;
    FactsSource facts{scenario::test::repository()};
};

/// `situation decision final`, for each way.
inline std::set<std::string> told(const std::vector<Alternative>& ways) {
    std::set<std::string> out;
    for (const Alternative& one : ways)
        out.insert(one.situation + " " + std::string(word(one.decision)) + " " +
                   std::string(word(one.final)));
    return out;
}

}  // namespace guise::profile::test
