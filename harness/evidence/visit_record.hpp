// One visit with its evidence: the record that verdicts are made of.
#pragma once

#include "evidence/case_id.hpp"
#include "evidence/observe.hpp"

#include <string>

namespace guise::evidence {

/// The evidence of one visit, flushed as soon as the visit has ended.
struct VisitRecord {
    std::string session;
    CaseId id;
    int visit = 1;
    std::string control;  // `before` or `after` where it is a liveness control
    int attempt = 1;      // at the control, which is repeated once; of a case, which of its runs
    VisitEvidence evidence;
    Observation seen;
};

}  // namespace guise::evidence
