#include "judge/session.hpp"

#include "base/ascii.hpp"
#include "judge/consistency.hpp"
#include "judge/contradiction.hpp"
#include "judge/corpus.hpp"
#include "judge/visit_checks.hpp"
#include "profile/derive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace guise::judge {

namespace {

using profile::Final;

bool accepted(const ControlEvidence& control) {
    return control.seen && control.seen->final == Final::accepted;
}

// Whether a paired control was accepted in its last visit. Nothing where its user was not let go on.
std::optional<bool> paired_accepted(const evidence::Observation& last) {
    if (last.final == Final::accepted) return true;
    if (last.answer && last.answer != scenario::Answer::connect) return std::nullopt;
    return false;
}

// A sentence for the middle of another one: without its full stop and its capital.
std::string in_sentence(std::string sentence) {
    if (sentence.ends_with('.')) sentence.pop_back();
    if (!sentence.empty()) sentence.front() = lower(sentence.front());
    return sentence;
}

class SessionJudge final {
 public:
    SessionJudge(SessionEvidence& evidence, const JudgeInputs& inputs)
        : evidence_(evidence), inputs_(inputs), consistency_(evidence) {
        for (const CaseEvidence& each : evidence.cases) by_scenario_.emplace(each.scenario->id, &each);
        for (CaseEvidence& each : evidence.cases)
            for (auto& [number, seen] : each.visits)
                if (consistency_.refused_after_sending(seen)) evidence::tell_refusal_after_data(seen);
        known_ = about(inputs.known, {evidence.client, evidence.client_version, evidence.mode}, inputs.now);
    }

    SessionRecords run() {
        SessionRecords out;
        out.end = end();
        trouble_ = out.end.trouble;
        out.cases.reserve(evidence_.cases.size());
        std::vector<Judgement> judgements = judgements_of();
        for (std::size_t i = 0; i < judgements.size(); ++i)
            out.cases.push_back(record(evidence_.cases[i], std::move(judgements[i])));
        return out;
    }

 private:
    // Each by itself, and then in the light of the others.
    std::vector<Judgement> judgements_of() {
        std::vector<Judgement> out;
        out.reserve(evidence_.cases.size());
        for (const CaseEvidence& each : evidence_.cases) {
            out.push_back(judged(each));
            if (out.back().verdict == Verdict::fail) consistency_.note_failed(each);
        }
        for (std::size_t i = 0; i < out.size(); ++i)
            if (const std::string why = consistency_.why_luck(evidence_.cases[i]); !why.empty())
                call_luck(out[i], why);
        return out;
    }

    SessionEnd end() const {
        SessionEnd out;
        out.session = evidence_.session;
        out.client = evidence_.client;
        out.mode = evidence_.mode;
        const bool any = std::any_of(evidence_.cases.begin(), evidence_.cases.end(), &needs_controls);
        if (evidence_.controls.empty() && !any) return out;
        out.skipped = evidence_.skipped;
        out.before = control("before", out.trouble);
        out.after = control("after", out.trouble);
        return out;
    }

    // A control may be tried more than once: it is accepted if one try is.
    bool control(std::string_view which, std::string& trouble) const {
        const ControlEvidence* last = nullptr;
        std::size_t attempts = 0;
        for (const ControlEvidence& each : evidence_.controls) {
            if (each.which != which) continue;
            if (accepted(each)) return true;
            last = &each;
            ++attempts;
        }
        if (trouble.empty())
            trouble = fmt::format("the control {} the session was not accepted{}: {}", which,
                                  attempts > 1 ? " in two attempts" : "", why(last));
        return false;
    }

    // Of a case that was left out because the client cannot be driven, or does not accept what it must.
    Judgement skipped() const {
        const auto& controls = evidence_.controls;
        const bool at_fault = controls.empty() || !controls.back().seen ||
                              controls.back().seen->trouble == evidence::Trouble::environment;
        if (at_fault) return {Verdict::error, trouble_, {}};
        return {Verdict::not_run, fmt::format("Not run: {}.", trouble_), {}};
    }

    static std::string why(const ControlEvidence* control) {
        if (!control) return "it was not run";
        return control->seen ? "the client " + control->seen->sentence : control->trouble;
    }

    static bool needs_controls(const CaseEvidence& each) { return !each.settled && !each.corpus_accepts; }

    profile::Subject subject(const CaseEvidence& each) const {
        return {*each.scenario, *evidence_.profile, inputs_.data.clauses, evidence_.mode};
    }

    // Why a paired control was not done, for the middle of a sentence; empty where it was.
    static std::string why_undone(const CaseEvidence* control) {
        if (!control) return "it is no case of this session";
        if (control->settled) return in_sentence(control->settled->sentence);
        if (control->visits.empty()) return "nothing was seen of it";
        const auto& [number, last] = *control->visits.rbegin();
        const scenario::Answer wanted = connect_of(*control->scenario, number).answer;
        if (!last.answer || *last.answer == wanted) return {};
        return fmt::format("its question cannot be answered '{}'", word(wanted));
    }

    Controls controls(const CaseEvidence& each) const {
        Controls out{trouble_, {}, std::nullopt, {}};
        const auto* paired = profile::effective_control(inputs_.data.catalogue, subject(each), inputs_.facts);
        if (!paired) return out;
        out.paired = paired->id;
        const auto found = by_scenario_.find(paired->id);
        const CaseEvidence* control = found == by_scenario_.end() ? nullptr : found->second;
        out.paired_undone = why_undone(control);
        if (out.paired_undone.empty())
            out.paired_accepted = paired_accepted(control->visits.rbegin()->second);
        out.reused = control && reuses_connections(control->visits);
        return out;
    }

    Judgement judged(const CaseEvidence& each) const {
        if (each.settled) return *each.settled;
        if (evidence_.skipped) return skipped();
        if (each.corpus_accepts) return judge_corpus_case(*each.corpus_accepts, each.visits);
        return judge_case(subject(each), inputs_.facts, each.visits, controls(each));
    }

    CaseRecord record(CaseEvidence& each, Judgement judgement) const {
        CaseRecord out;
        out.session = evidence_.session;
        out.id = {each.scenario->id, evidence_.mode, evidence_.client};
        out.title = each.scenario->title;
        out.area = each.scenario->area();
        out.severity = word(each.scenario->severity);
        out.profile = evidence_.profile->name;
        out.client_version = evidence_.client_version;
        out.judgement = std::move(judgement);
        if (!each.visits.empty()) {
            out.seen = std::make_shared<evidence::Observation>(each.visits.rbegin()->second);
            out.contradiction = contradiction(*out.seen);
        }
        const Standing standing = standing_of(out.judgement, each.scenario->id, known_);
        out.disposition = standing.disposition;
        out.known = standing.reason;
        out.lasted = each.lasted;
        out.repro = std::move(each.repro);
        return out;
    }

    SessionEvidence& evidence_;
    const JudgeInputs& inputs_;
    Consistency consistency_;
    std::unordered_map<std::string_view, const CaseEvidence*> by_scenario_;
    std::vector<const KnownDeviation*> known_;  // about this client in this mode
    std::string trouble_;                       // of the liveness controls
};

}  // namespace

SessionRecords judge_session(SessionEvidence evidence, const JudgeInputs& inputs) {
    return SessionJudge(evidence, inputs).run();
}

std::size_t connections_of(const scenario::Scenario& scenario) {
    return static_cast<std::size_t>(
        std::count_if(scenario.visits.begin(), scenario.visits.end(), [](const scenario::Visit& visit) {
            return std::holds_alternative<scenario::Connect>(visit.action);
        }));
}

}  // namespace guise::judge
