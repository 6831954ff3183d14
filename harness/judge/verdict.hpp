// The verdicts, and the checks that they are made of.
#pragma once

#include "base/words.hpp"
#include "judge/pin_choices.hpp"

#include <optional>
#include <string>
#include <vector>

namespace guise::judge {

/// What happened, measured against what was expected.
enum class Verdict {
    pass,            // all that was expected
    note,            // only a should was missed
    fail,            // a must is contradicted by evidence
    inconclusive,    // the evidence neither confirms nor contradicts
    error,           // the harness, the adapter or the environment is at fault
    not_applicable,  // a capability that the client does not declare
    not_run          // deselected, stopped, or not possible in this version
};
constexpr auto words(Verdict) {
    return std::to_array<std::string_view>(
        {"pass", "note", "fail", "inconclusive", "error", "not-applicable", "not-run"});
}

/// The unit of citing and of known deviations.
struct Check {
    std::string name;  // `decision`, `canary`, `alert` …
    int visit = 1;
    Verdict verdict = Verdict::pass;
    std::string expected;
    std::string observed;
    std::vector<std::string> clauses;
    Level level = Level::must;
    bool described = false;  // differs on a `may`: reported, not counted against the client
    bool operator==(const Check&) const = default;
};

/// The verdict on one case.
struct Judgement {
    Verdict verdict = Verdict::not_run;
    std::string sentence;  // one plain sentence, with its full stop
    std::vector<Check> checks;
    PinChoices choices = {};  // that the evidence shows, until the cases of a session have been compared
    bool operator==(const Judgement&) const = default;
};

/// Whether `one` decides before `other`.
[[nodiscard]] bool is_worse(Verdict one, Verdict other);

/// The verdict that decides: fail before error before inconclusive before note before pass.
[[nodiscard]] Verdict worst(const std::vector<Check>& checks);

}  // namespace guise::judge
