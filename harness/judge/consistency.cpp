#include "judge/consistency.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::judge {

using evidence::Observation;
using evidence::Outcome;
using profile::Final;

Consistency::Consistency(const SessionEvidence& evidence) {
    for (const ControlEvidence& control : evidence.controls)
        if (control.seen && control.seen->exit_code && control.seen->final == Final::accepted)
            accepted_.insert(*control.seen->exit_code);
    for (const CaseEvidence& each : evidence.cases) {
        repeated_ = repeated_ || each.run > 1;
        for (const auto& [number, seen] : each.visits)
            if (seen.exit_code && seen.final == Final::refused) refused_.insert(*seen.exit_code);
    }
}

std::string Consistency::name_of(const CaseEvidence& each) const {
    return repeated_ ? fmt::format("run {} of {}", each.run, each.scenario->id) : each.scenario->id;
}

bool Consistency::refused_after_sending(const Observation& seen) const {
    return seen.exit_code && seen.outcome >= Outcome::data && !accepted_.empty() &&
           !accepted_.contains(*seen.exit_code) && refused_.contains(*seen.exit_code);
}

void Consistency::note_failed(const CaseEvidence& failed) {
    for (const auto& [number, seen] : failed.visits)
        if (refused_after_sending(seen)) leaked_.try_emplace(*seen.exit_code, name_of(failed));
}

std::string Consistency::why_luck(const CaseEvidence& passed) const {
    for (const auto& [number, seen] : passed.visits) {
        if (!seen.exit_code || seen.final != Final::refused) continue;
        const auto leak = leaked_.find(*seen.exit_code);
        if (leak != leaked_.end())
            return fmt::format("in {} the client sent data before it refused, with the same exit {}",
                               leak->second, leak->first);
    }
    return {};
}

}  // namespace guise::judge
