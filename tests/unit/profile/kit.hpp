// A small clauses and small profiles, for the tests of this folder.
#pragma once

#include "pki/support.hpp"
#include "profile/profile.hpp"
#include "profile/table.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <map>
#include <string>

namespace guise::profile::test {

using pki::test::Folder;
using pki::test::tree;

/// A chain with these faults.
inline pki::Chain chain(std::map<Fault, Level> faults = {}, pki::Stage stage = pki::Stage::chain) {
    pki::Chain out;
    out.faults = std::move(faults);
    out.stage = stage;
    return out;
}

/// M-1 and M-2 must, S-1 and S-2 should, Y-1 may.
inline const ClauseList& small_clause_list() {
    static const ClauseList clauses = [] {
        ClauseList out;
        for (const auto& [id, level] : std::map<std::string, Level>{{"M-1", Level::must},
                                                                    {"M-2", Level::must},
                                                                    {"S-1", Level::should},
                                                                    {"S-2", Level::should},
                                                                    {"Y-1", Level::may}}) {
            out[id].id = id;
            out[id].level = level;
        }
        return out;
    }();
    return clauses;
}

/// The keys of a profile that pins nothing, up to its modes.
inline const std::string plain_head =
    "profile: plain\ntitle: Plain\nledger: small\nowes: ['M-*']\npin: {what: nothing}\n"
    "untrusted_faults: [expired]\nchecks: {canary: M-1}\n";
inline const std::string plain_modes =
    "modes:\n"
    "  strict:\n"
    "    trusted: {any: {decision: accept, clause: M-1}}\n"
    "    untrusted: {any: {decision: refuse, clause: M-1}}\n"
    "    invalid: {any: {decision: refuse, clause: M-1}}\n"
    "    unreadable: {any: {decision: refuse, clause: S-1}}\n"
    "    no-proof: {any: {decision: refuse, clause: M-1}}\n";
inline const std::string plain = plain_head + plain_modes;

/// A profile that pins certificates and names an event.
inline const std::string pinning =
    "profile: pinning\ntitle: Pinning\nledger: small\nowes: ['M-*']\n"
    "pin: {what: certificate, per: host, on_accept: add, on_mode_change: clear}\n"
    "untrusted_faults: []\nevent: bad-certificate\nlevels: {M-2: should}\n"
    "checks: {canary: M-1, once: S-1}\n"
    "modes:\n"
    "  ask:\n"
    "    checks: {once: S-2, restart: M-2}\n"
    "    trusted: {any: {decision: accept, pin: keep, event: none, clause: M-1}}\n"
    "    untrusted:\n"
    "      none: {decision: [ask, warn], prefer: warn, prefer_clause: S-1, pin: set, pin_clause: S-2, "
    "event: may, clause: M-1}\n"
    "      same: {decision: accept, pin: keep, event: none, clause: M-1}\n"
    "      changed: {decision: refuse, pin: keep, event: fire, event_clause: S-1, clause: M-1}\n"
    "    invalid: {any: {decision: refuse, pin: keep, event: fire, clause: M-1}}\n"
    "    unreadable: {any: {decision: refuse, pin: keep, event: may, clause: M-1}}\n"
    "    no-proof: {any: {decision: refuse, pin: keep, event: may, clause: M-1}}\n";

inline Profile profile_of(const std::string& text, const Profiles& known = {}) {
    INFO(text);
    const auto profile = make_profile(tree(text), "named", known, small_clause_list());
    if (!profile) FAIL(profile.error().text());
    return *profile;
}

/// The messages of a broken profile, one a line; nothing for a good one.
inline std::string problems_of(const std::string& text, const Profiles& known = {}) {
    const auto profile = make_profile(tree(text), "named", known, small_clause_list());
    return profile ? "" : profile.error().text();
}

/// `text` with its first `old` replaced.
inline std::string changed(std::string text, const std::string& old, const std::string& now) {
    const auto at = text.find(old);
    REQUIRE(at != std::string::npos);
    return text.replace(at, old.size(), now);
}

/// The profiles that overlays of the tests extend.
inline const Profiles& known_profiles() {
    static const Profiles known{{"plain", profile_of(plain)}, {"pinning", profile_of(pinning)}};
    return known;
}

}  // namespace guise::profile::test
