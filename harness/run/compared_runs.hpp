// The runs of each case until they can be compared (`guise run --compare`).
#pragma once

#include "report/record.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace guise::run {

/// Keeps what was seen in each visit, and at the end finds the canaries that only a comparison shows.
class ComparedRuns final {
 public:
    /// Keeps a visit of a case. One of the same case, run and number takes the place of the one before.
    void keep(const report::VisitRecord& visit);

    /// Compares the runs of each visit (`evidence::compare_runs`). Gives those in which a canary was found,
    /// as they are now, and lets all go.
    [[nodiscard]] std::vector<report::VisitRecord> found(const std::vector<std::string>& public_requests);

 private:
    using Runs = std::map<int, report::VisitRecord>;    // by run
    std::map<std::pair<std::string, int>, Runs> kept_;  // by scenario and number of the visit
};

}  // namespace guise::run
