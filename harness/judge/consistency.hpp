// Whether a client's refusals in one session are all alike.
//
// Who sends its request before it looks at the certificate may win that race in one case and lose it in the
// next. Its exit code tells both apart from an acceptance: it is not that of the accepted controls.
#pragma once

#include "judge/session.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace guise::judge {

class Consistency final {
 public:
    /// Looks through all visits of a session.
    explicit Consistency(const SessionEvidence& evidence);

    /// Whether the client sent data here, and then ended as it does where it refuses and never where it
    /// accepts.
    [[nodiscard]] bool refused_after_sending(const evidence::Observation& seen) const;

    /// What a case is called: which run of it, where cases were run several times.
    [[nodiscard]] std::string name_of(const CaseEvidence& each) const;

    /// Notes a case that failed: where it leaked before it refused, its clean refusals are luck.
    void note_failed(const CaseEvidence& failed);

    /// Why the clean refusals of this case say nothing, for the middle of a sentence; empty where they do.
    [[nodiscard]] std::string why_luck(const CaseEvidence& passed) const;

 private:
    bool repeated_ = false;              // whether cases were run several times
    std::set<int> accepted_;             // the exit codes of the accepted controls
    std::set<int> refused_;              // the exit codes of clean refusals
    std::map<int, std::string> leaked_;  // exit codes of refusals after a leak, and where it was first
};

}  // namespace guise::judge
