#include "run/rejudge.hpp"

#include "judge/contradiction.hpp"
#include "profile/derive.hpp"
#include "report/summary.hpp"
#include "run/feasible.hpp"
#include "run/known.hpp"
#include "run/participants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace guise::run {

namespace {

using report::CaseId;
using report::CaseRecord;
using report::Recorded;
using report::VisitRecord;

std::size_t connections_of(const scenario::Scenario& scenario) {
    return static_cast<std::size_t>(
        std::count_if(scenario.visits.begin(), scenario.visits.end(), [](const scenario::Visit& visit) {
            return std::holds_alternative<scenario::Connect>(visit.action);
        }));
}

bool knows_mode(const profile::Profile& profile, const std::string& mode) {
    return profile.modes.contains(mode == "default" ? profile.default_mode : mode);
}

bool accepted(const evidence::Observation& seen) { return seen.final == profile::Final::accepted; }

class Rejudge {
 public:
    Rejudge(const inputs::RunInputs& inputs, const Recorded& recorded,
            const std::vector<judge::KnownEntry>& known)
        : inputs_(inputs), recorded_(recorded), known_(known), facts_(inputs.library) {}

    Result<report::Results> run() {
        find_profiles();
        for (const VisitRecord& visit : recorded_.visits)
            if (visit.control.empty()) visits_[visit.id].push_back(&visit);
        report::Results out;
        out.start = recorded_.start;
        for (const auto& [id, visits] : visits_) add(id, visits, out);
        for (const CaseRecord& record : recorded_.cases)
            if (!visits_.contains(record.id)) out.cases.push_back(record);
        if (!problems_.empty()) return problems_;
        std::sort(out.cases.begin(), out.cases.end(),
                  [](const auto& a, const auto& b) { return a.id < b.id; });
        out.sessions = recorded_.sessions;
        const bool interrupted = !recorded_.end || recorded_.end->exit == ExitCode::interrupted;
        out.end = report::summarise(out.cases, {interrupted, {}, 0});
        if (recorded_.end) out.end.lasted = recorded_.end->lasted;
        return out;
    }

 private:
    // A profile by its name; one that a client's file overlays is made from that file again.
    void find_profiles() {
        for (const report::ClientFacts& client : recorded_.start.clients) {
            const auto known = inputs_.profiles.find(client.profile);
            if (known != inputs_.profiles.end()) {
                profiles_[client.name] = known->second;
                continue;
            }
            const auto participants = load_participants(inputs_, {{client.name}, {}, {}, {}});
            if (participants)
                profiles_[client.name] = participants->front()->profile;
            else
                problems_.add({}, fmt::format("the profile {} of {}", client.profile, client.name),
                              "none of that name");
        }
    }

    void add(const CaseId& id, const std::vector<const VisitRecord*>& visits, report::Results& out) {
        const scenario::Scenario* scenario = inputs_.catalogue.find(id.scenario.text());
        const auto profile = profiles_.find(id.client);
        if (!scenario)
            return problems_.add({}, fmt::format("the scenario {} in the catalogue", id.scenario), "none");
        if (profile == profiles_.end() || !knows_mode(profile->second, id.mode))
            return problems_.add({}, fmt::format("a profile for {} with the mode {}", id.client, id.mode),
                                 "none");
        if (visits.size() < connections_of(*scenario)) return keep(id, out);
        judge::SeenVisits seen;
        for (const VisitRecord* visit : visits)
            seen[visit->visit] = evidence::observe(visit->evidence, profile->second.public_requests);
        CaseRecord record = recorded_case(id, visits.front()->session);
        record.title = scenario->title;
        record.area = scenario->area();
        record.severity = word(scenario->severity);
        record.seen = std::make_shared<evidence::Observation>(seen.rbegin()->second);
        record.judgement =
            judge::judge_case({*scenario, profile->second, inputs_.clauses, id.mode}, facts_, seen,
                              controls(*scenario, id, profile->second, visits.front()->session));
        record.contradiction = judge::contradiction(*record.seen);
        apply_known(record, known_, recorded_.start.now);
        out.cases.push_back(std::move(record));
    }

    // A case that did not come to its end: what the run said of it stands; a killed run has said nothing.
    void keep(const CaseId& id, report::Results& out) const {
        for (const CaseRecord& record : recorded_.cases)
            if (record.id == id) out.cases.push_back(record);
    }

    // What the run recorded of the case besides its verdict; a killed run has not got so far.
    CaseRecord recorded_case(const CaseId& id, const std::string& session) const {
        const auto found = std::find_if(recorded_.cases.begin(), recorded_.cases.end(),
                                        [&](const CaseRecord& record) { return record.id == id; });
        if (found != recorded_.cases.end()) return *found;
        CaseRecord out;
        out.id = id;
        out.session = session;
        for (const report::ClientFacts& client : recorded_.start.clients)
            if (client.name == id.client) {
                out.client_version = client.version;
                out.profile = client.profile;
            }
        return out;
    }

    judge::Controls controls(const scenario::Scenario& scenario, const CaseId& id,
                             const profile::Profile& profile, const std::string& session) {
        judge::Controls out;
        for (const char* which : {"before", "after"})
            if (out.trouble.empty() && !control_accepted(session, which))
                out.trouble = fmt::format("the control {} the session was not accepted", which);
        const auto* paired = profile::effective_control(
            inputs_.catalogue, {scenario, profile, inputs_.clauses, id.mode}, facts_);
        if (!paired) return out;
        out.paired = paired->id;
        if (const auto visits = visits_.find({paired->id, id.mode, id.client});
            visits != visits_.end() && visits->second.size() == connections_of(*paired))
            out.paired_accepted =
                paired_accepted(evidence::observe(visits->second.back()->evidence, profile.public_requests));
        return out;
    }

    evidence::Observation seen_in(const VisitRecord& visit) const {
        const auto profile = profiles_.find(visit.id.client);
        if (profile == profiles_.end()) return evidence::observe(visit.evidence, {});
        return evidence::observe(visit.evidence, profile->second.public_requests);
    }

    bool control_accepted(const std::string& session, const std::string& which) const {
        return std::any_of(recorded_.visits.begin(), recorded_.visits.end(), [&](const VisitRecord& visit) {
            return visit.session == session && visit.control == which && accepted(seen_in(visit));
        });
    }

    const inputs::RunInputs& inputs_;
    const Recorded& recorded_;
    const std::vector<judge::KnownEntry>& known_;
    profile::FactsSource facts_;
    std::map<std::string, profile::Profile> profiles_;
    std::map<CaseId, std::vector<const VisitRecord*>> visits_;
    Problems problems_;
};

}  // namespace

Result<report::Results> rejudge(const inputs::RunInputs& inputs, const Recorded& recorded,
                                const std::vector<judge::KnownEntry>& known) {
    return Rejudge(inputs, recorded, known).run();
}

std::vector<CaseId> differences(const std::vector<CaseRecord>& before, const std::vector<CaseRecord>& after) {
    std::map<CaseId, judge::Verdict> verdicts;
    for (const CaseRecord& record : before) verdicts[record.id] = record.judgement.verdict;
    std::vector<CaseId> out;
    for (const CaseRecord& record : after) {
        const auto found = verdicts.find(record.id);
        if (found == verdicts.end() || found->second != record.judgement.verdict) out.push_back(record.id);
        if (found != verdicts.end()) verdicts.erase(found);
    }
    for (const auto& [id, verdict] : verdicts) out.push_back(id);
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace guise::run
