#include "run/rejudge.hpp"

#include "judge/contradiction.hpp"
#include "profile/expectation.hpp"
#include "report/summary.hpp"
#include "run/known.hpp"
#include "run/participants.hpp"
#include "run/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace guise::run {

namespace {

using report::CaseId;
using report::CaseRecord;
using report::Recorded;
using report::VisitRecord;

bool accepted(const judge::Observation& seen) { return seen.decision == profile::Decision::accept; }

class Rejudge {
 public:
    Rejudge(const World& world, const Recorded& recorded, const std::vector<judge::KnownEntry>& known)
        : world_(world), recorded_(recorded), known_(known) {}

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
            const auto known = world_.profiles.find(client.profile);
            if (known != world_.profiles.end()) {
                profiles_[client.name] = known->second;
                continue;
            }
            const auto participants = load_participants(world_, {{client.name}, {}, {}, {}});
            if (participants)
                profiles_[client.name] = participants->front()->profile;
            else
                problems_.add({}, fmt::format("the profile {} of {}", client.profile, client.name),
                              "none of that name");
        }
    }

    void add(const CaseId& id, const std::vector<const VisitRecord*>& visits, report::Results& out) {
        const scenario::Scenario* scenario = world_.catalogue.find(id.scenario);
        const auto profile = profiles_.find(id.client);
        if (!scenario)
            return problems_.add({}, fmt::format("the scenario {} in the catalogue", id.scenario), "none");
        if (profile == profiles_.end() || !profile->second.modes.contains(id.mode))
            return problems_.add({}, fmt::format("a profile for {} with the mode {}", id.client, id.mode),
                                 "none");
        std::vector<judge::JudgedVisit> judged;
        for (const VisitRecord* visit : visits) {
            const auto owed = expectation(*scenario, visit->visit, id.mode, profile->second);
            if (owed)
                judged.push_back(
                    {visit->visit, *owed, judge::observe(visit->evidence, profile->second.public_requests)});
            else
                return problems_.add(owed.error());
        }
        CaseRecord record = recorded_case(id, visits.front()->session);
        record.title = scenario->title;
        record.area = scenario->area();
        record.severity = word(scenario->severity);
        record.seen = judged.back().seen;
        record.judgement = judge::judge_case(
            judged, scenario->expect, controls(*scenario, id, profile->second, visits.front()->session),
            profile->second, world_.ledger);
        if (const auto control = accepted_control(visits.front()->session))
            record.contradiction = judge::contradiction(*control, *record.seen);
        apply_known(record, known_, recorded_.start.now);
        out.cases.push_back(std::move(record));
    }

    Result<profile::Expectation> expectation(const scenario::Scenario& scenario, int number,
                                             const std::string& mode, const profile::Profile& profile) const {
        const auto index = static_cast<std::size_t>(number) - 1;
        const auto* connect = index < scenario.visits.size()
                                  ? std::get_if<scenario::Connect>(&scenario.visits[index].action)
                                  : nullptr;
        if (!connect) return Problem{scenario.where, fmt::format("a visit {} that presents", number), "none"};
        const auto chain =
            pki::Mint::describe(world_.library, connect->present, scenario.trusted(connect->present.key));
        if (!chain) return chain.error();
        return profile::expect(profile, world_.ledger, mode, *chain);
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
                             const profile::Profile& profile, const std::string& session) const {
        judge::Controls out;
        for (const char* which : {"before", "after"})
            if (out.trouble.empty() && !control_accepted(session, which))
                out.trouble = fmt::format("the control {} the session was not accepted", which);
        const auto* paired = paired_control(world_, scenario, profile, id.mode);
        if (!paired) return out;
        out.paired = paired->id;
        if (const auto visits = visits_.find({paired->id, id.mode, id.client}); visits != visits_.end())
            out.paired_accepted =
                accepted(judge::observe(visits->second.back()->evidence, profile.public_requests));
        return out;
    }

    std::optional<judge::Observation> accepted_control(const std::string& session) const {
        for (const VisitRecord& visit : recorded_.visits)
            if (visit.session == session && !visit.control.empty())
                if (auto seen = judge::observe(visit.evidence, {}); accepted(seen)) return seen;
        return std::nullopt;
    }

    bool control_accepted(const std::string& session, const std::string& which) const {
        return std::any_of(recorded_.visits.begin(), recorded_.visits.end(), [&](const VisitRecord& visit) {
            return visit.session == session && visit.control == which &&
                   accepted(judge::observe(visit.evidence, {}));
        });
    }

    const World& world_;
    const Recorded& recorded_;
    const std::vector<judge::KnownEntry>& known_;
    std::map<std::string, profile::Profile> profiles_;
    std::map<CaseId, std::vector<const VisitRecord*>> visits_;
    Problems problems_;
};

}  // namespace

Result<report::Results> rejudge(const World& world, const Recorded& recorded,
                                const std::vector<judge::KnownEntry>& known) {
    return Rejudge(world, recorded, known).run();
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
