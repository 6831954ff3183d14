// The verdict on one case with all that a reader needs to know of the case.
#pragma once

#include "base/shared_text.hpp"
#include "evidence/case_id.hpp"
#include "evidence/observe.hpp"
#include "judge/known_deviation.hpp"
#include "judge/verdict.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace guise::judge {

/// Those runs of a case that came to one verdict.
struct SpreadPart {
    Verdict verdict = Verdict::pass;
    bool judged = true;         // by evidence; else they did not come to their end
    std::vector<int> runs;      // from 1, ascending
    std::string sentence = {};  // of the first of them
    bool operator==(const SpreadPart&) const = default;
};

/// The verdict on one case, a projection of its visits. Of a case that was run several times it is that of
/// its worst run, and so is what was seen.
///
/// A run may have tens of thousands: what many of them have in common they share.
struct CaseRecord {
    SharedText session;
    evidence::CaseId id;
    SharedText title;
    SharedText area;
    SharedText severity;
    SharedText profile;
    SharedText client_version;
    Judgement judgement;
    std::shared_ptr<const evidence::Observation> seen;  // of the last visit that ran; null where none did
    Disposition disposition = Disposition::expected;
    SharedText known;           // the reason of the known deviation
    std::string contradiction;  // what the client says of itself against the wire; empty where nothing
    std::string repro;          // the command that repeats it
    std::chrono::milliseconds lasted{};
    std::vector<SpreadPart> spread = {};  // what its runs came to, the worst first; empty where it had one
};

/// The end of one session.
struct SessionEnd {
    std::string session;
    std::string client;
    std::string mode;
    bool before = false;
    bool after = false;
    std::string trouble;   // why a control did not pass
    bool skipped = false;  // its cases were not run, because the control before them failed twice
};

}  // namespace guise::judge
