#include "run/compared_runs.hpp"

#include "evidence/compared.hpp"

#include <utility>

namespace guise::run {

void ComparedRuns::keep(const report::VisitRecord& visit) {
    if (!visit.control.empty()) return;
    kept_[{std::string(visit.id.scenario.text()), visit.visit}].insert_or_assign(visit.attempt, visit);
}

std::vector<report::VisitRecord> ComparedRuns::found(const std::vector<std::string>& public_requests) {
    std::vector<report::VisitRecord> out;
    for (auto& [which, runs] : std::exchange(kept_, {})) {
        std::vector<evidence::VisitEvidence*> compared;
        for (auto& [number, visit] : runs) compared.push_back(&visit.evidence);
        if (!evidence::compare_runs(compared)) continue;
        for (auto& [number, visit] : runs) {
            visit.seen = evidence::observe(visit.evidence, public_requests);
            out.push_back(std::move(visit));
        }
    }
    return out;
}

}  // namespace guise::run
