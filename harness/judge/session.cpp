#include "judge/session.hpp"

#include "base/ascii.hpp"
#include "judge/consistency.hpp"
#include "judge/contradiction.hpp"
#include "judge/corpus.hpp"
#include "judge/pin_consistency.hpp"
#include "judge/spread.hpp"
#include "judge/visit_checks.hpp"
#include "profile/derive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

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
        for (const CaseEvidence& each : evidence.cases)
            by_run_.try_emplace({each.scenario->id, each.run}, &each);
        for (CaseEvidence& each : evidence.cases)
            for (auto& [number, seen] : each.visits)
                if (consistency_.refused_after_sending(seen)) evidence::tell_refusal_after_data(seen);
        known_ = about(inputs.known, {evidence.client, evidence.client_version, evidence.mode}, inputs.now);
    }

    SessionRecords run() {
        SessionRecords out;
        out.end = end();
        trouble_ = out.end.trouble;
        for (const Runs& runs : judged_runs()) out.cases.push_back(record(runs));
        return out;
    }

 private:
    // The runs of one case.
    struct Runs {
        std::vector<CaseEvidence*> evidence;
        std::vector<JudgedRun> judged;
    };

    // Each by itself, and then in the light of the others.
    std::vector<Runs> judged_runs() {
        std::vector<Runs> out;
        std::unordered_map<std::string_view, std::size_t> places;
        for (CaseEvidence& each : evidence_.cases) {
            const std::size_t at = places.try_emplace(each.scenario->id, out.size()).first->second;
            if (at == out.size()) out.emplace_back();
            Judgement made = judged(each);
            if (made.verdict == Verdict::fail) consistency_.note_failed(each);
            out[at].evidence.push_back(&each);
            out[at].judged.push_back({each.run, !each.settled, shared(std::move(made), out[at].judged)});
        }
        for (Runs& runs : out) tell_luck(runs);
        tell_inconsistent_pins(out);
        return out;
    }

    static bool went_well(const Judgement& judgement) {
        return judgement.verdict == Verdict::pass || judgement.verdict == Verdict::note;
    }

    // Of what failed it is not known why the client did what it did; of what is inconclusive it shows only in
    // the case itself. In the order of the scenarios: that of the evidence may be another in a file.
    void tell_inconsistent_pins(std::vector<Runs>& all) const {
        std::vector<std::pair<const CaseEvidence*, JudgedRun*>> compared;
        for (Runs& runs : all)
            for (std::size_t i = 0; i < runs.judged.size(); ++i)
                if (const Judgement& one = *runs.judged[i].judgement;
                    !one.choices.all().empty() && (went_well(one) || one.verdict == Verdict::inconclusive))
                    compared.emplace_back(runs.evidence[i], &runs.judged[i]);
        std::sort(compared.begin(), compared.end(), [](const auto& one, const auto& other) {
            return std::tie(one.first->scenario->id, one.first->run) <
                   std::tie(other.first->scenario->id, other.first->run);
        });
        std::vector<ShownChoices> shown;
        for (const auto& [evidence, run] : compared)
            shown.push_back(
                {consistency_.name_of(*evidence), &run->judgement->choices, went_well(*run->judgement)});
        const auto level_of = [this](const profile::Clauses& clauses) {
            return evidence_.profile->level(clauses, inputs_.data.clauses);
        };
        for (const InconsistentPin& each : inconsistent_pins(shown, level_of)) {
            const auto& [evidence, run] = compared[each.about];
            Judgement known_better = *run->judgement;
            add_finding(known_better, evidence->visits, each.finding);
            run->judgement = std::make_shared<const Judgement>(std::move(known_better));
        }
    }

    void tell_luck(Runs& runs) const {
        for (std::size_t i = 0; i < runs.judged.size(); ++i) {
            const std::string why = consistency_.why_luck(*runs.evidence[i]);
            if (why.empty()) continue;
            Judgement known_better = *runs.judged[i].judgement;
            call_luck(known_better, why);
            runs.judged[i].judgement = shared(std::move(known_better), runs.judged);
        }
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

    // What cannot be run has one run that says so. Null where it is no case of the session.
    const CaseEvidence* run_of(const std::string& scenario, int number) const {
        auto found = by_run_.find({scenario, number});
        if (found == by_run_.end()) found = by_run_.find({scenario, 1});
        return found == by_run_.end() ? nullptr : found->second;
    }

    Controls controls(const CaseEvidence& each) const {
        Controls out{trouble_, {}, std::nullopt, {}};
        const auto* paired = profile::effective_control(inputs_.data.catalogue, subject(each), inputs_.facts);
        if (!paired) return out;
        out.paired = paired->id;
        const CaseEvidence* control = run_of(paired->id, each.run);
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

    CaseRecord record(const Runs& runs) const {
        const JudgedRun& worst = worst_of(runs.judged);
        CaseEvidence& each = *runs.evidence[static_cast<std::size_t>(&worst - runs.judged.data())];
        CaseRecord out;
        out.session = evidence_.session;
        out.id = {each.scenario->id, evidence_.mode, evidence_.client};
        out.title = each.scenario->title;
        out.area = each.scenario->area();
        out.severity = word(each.scenario->severity);
        out.profile = evidence_.profile->name;
        out.client_version = evidence_.client_version;
        out.judgement = *worst.judgement;
        out.judgement.choices = {};
        if (!each.visits.empty())
            out.seen = std::make_shared<evidence::Observation>(each.visits.rbegin()->second);
        const Standing standing = standing_of(out.judgement, each.scenario->id, known_);
        out.disposition = standing.disposition;
        out.known = standing.reason;
        out.repro = std::move(each.repro);
        tell_all(runs, out);
        return out;
    }

    // What all runs of the case have a part in.
    static void tell_all(const Runs& runs, CaseRecord& out) {
        out.spread = spread_of(runs.judged);
        if (const std::string text = spread_text(out.spread); !text.empty())
            out.judgement.sentence += fmt::format(" {}.", text);
        if (out.seen) out.contradiction = contradiction(*out.seen);
        for (const CaseEvidence* each : runs.evidence) {
            out.lasted += each->lasted;
            if (out.contradiction.empty() && !each->visits.empty())
                out.contradiction = contradiction(each->visits.rbegin()->second);
        }
    }

    SessionEvidence& evidence_;
    const JudgeInputs& inputs_;
    Consistency consistency_;
    std::map<std::pair<std::string_view, int>, const CaseEvidence*> by_run_;  // by scenario and run
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
