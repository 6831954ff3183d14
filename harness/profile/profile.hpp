// A profile: what is expected of each mode of one kind of client in each situation. A full table; each cell
// with its clauses.
#pragma once

#include "base/problem.hpp"
#include "base/words.hpp"
#include "base/yaml.hpp"
#include "profile/clause_list.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace guise::profile {

/// What a client decides.
enum class Decision {
    accept,  // goes on without a word
    ask,     // asks a plain question
    warn,    // asks a question that needs explicit trust
    refuse   // does not go on
};
constexpr auto words(Decision) {
    return std::to_array<std::string_view>({"accept", "ask", "warn", "refuse"});
}

/// What was presented.
enum class Row {
    trusted,
    untrusted,
    invalid,
    unreadable,
    no_proof,
    swapped,
    swapped_trusted,
    contradicted,
    expired,   // of the invalid ones: nothing is wrong but the end of its time, and perhaps the anchor
    protocol,  // of those that fail the handshake: the certificate is proven, another message is wrong
    oversized  // of the invalid ones: nothing is wrong but its size, and perhaps the anchor
};
constexpr auto words(Row) {
    return std::to_array<std::string_view>({"trusted", "untrusted", "invalid", "unreadable", "no-proof",
                                            "swapped", "swapped-trusted", "contradicted", "expired",
                                            "protocol", "oversized"});
}
/// The rows that every mode must have; the rest are optional.
constexpr std::size_t required_rows = 5;

/// What the client remembers of the server.
enum class Column { any, none, same, renewed, changed };
constexpr auto words(Column) {
    return std::to_array<std::string_view>({"any", "none", "same", "renewed", "changed"});
}

/// What a pin is compared by.
enum class PinWhat { nothing, public_key, certificate };
constexpr auto words(PinWhat) {
    return std::to_array<std::string_view>({"nothing", "public-key", "certificate"});
}
/// What a pin is kept under.
enum class PinPer { server_id, host_port, host };
constexpr auto words(PinPer) { return std::to_array<std::string_view>({"server-id", "host-port", "host"}); }
/// What accepting another certificate does to the pins.
enum class PinAccept { replace, add };
constexpr auto words(PinAccept) { return std::to_array<std::string_view>({"replace", "add"}); }
/// What a change of mode does to the pins.
enum class PinModeChange { keep, clear, either };
constexpr auto words(PinModeChange) { return std::to_array<std::string_view>({"keep", "clear", "either"}); }
/// What accepting for good does to the pin, in one cell.
enum class PinEffect { set, keep };
constexpr auto words(PinEffect) { return std::to_array<std::string_view>({"set", "keep"}); }
/// What is expected of the event, in one cell.
enum class EventRule { fire, none, may };
constexpr auto words(EventRule) { return std::to_array<std::string_view>({"fire", "none", "may"}); }
/// What a question can show.
enum class Shows { signer, fingerprints, subject, expires, faults };
constexpr auto words(Shows) {
    return std::to_array<std::string_view>({"signer", "fingerprints", "subject", "expires", "faults"});
}
/// What going on can need.
enum class Needs { explicit_trust };
constexpr auto words(Needs) { return std::to_array<std::string_view>({"explicit-trust"}); }

struct PinRules {
    PinWhat what = PinWhat::nothing;
    PinPer per = PinPer::host_port;
    PinAccept on_accept = PinAccept::replace;
    PinModeChange on_mode_change = PinModeChange::keep;
};

struct PromptRules {
    std::set<Shows> shows;
    std::optional<Needs> needs;
};

using Clauses = std::vector<std::string>;

/// What is expected of one mode in one situation.
struct Cell {
    std::set<Decision> decision;  // all that are right
    Clauses clause;
    std::set<Decision> prefer;  // the part that a should-clause asks for; the rest is a note
    Clauses prefer_clause;
    std::set<PinEffect> pin;
    Clauses pin_clause;
    std::optional<EventRule> event;
    Clauses event_clause;
};

using RowCells = std::map<Column, Cell>;
using Checks = std::map<std::string, Clauses>;

struct Mode {
    std::map<Row, RowCells> rows;
    Checks own;     // the checks that this mode adds or replaces
    Checks checks;  // the profile's, with its own laid over
};

struct Profile {
    std::string name;
    std::string title;
    std::string ledger;
    std::vector<std::string> owes;  // globs of clause ids
    PinRules pin;
    std::set<Fault> untrusted_faults;  // what makes an unanchored certificate invalid
    std::string default_mode;
    std::string event;
    std::vector<std::string> public_requests;  // "METHOD glob"
    std::map<Decision, PromptRules> prompts;
    std::map<std::string, Level> levels;  // this profile's own level of a clause
    Checks checks;                        // that stand in every mode
    std::map<std::string, Mode> modes;

    /// How binding a clause is here.
    [[nodiscard]] Level level(const std::string& clause, const ClauseList& all) const;
    /// The most binding of several clauses.
    [[nodiscard]] Level level(const Clauses& clauses, const ClauseList& all) const;
};

/// All profiles by name.
using Profiles = std::map<std::string, Profile>;

/// Reads DIR/*.yaml, profiles before those that extend them. Errors: all that is wrong in any file.
[[nodiscard]] Result<Profiles> load_profiles(const std::filesystem::path& dir, const ClauseList& clauses);

/// A profile from a file's value, or from the overlay in a client's file; `name` where the value names none.
[[nodiscard]] Result<Profile> make_profile(const yaml::Value& value, const std::string& name,
                                           const Profiles& known, const ClauseList& clauses);

}  // namespace guise::profile
