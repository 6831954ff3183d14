#include "report/rejudge.hpp"

#include "evidence/json/parse_visit.hpp"
#include "inputs/chosen_client.hpp"
#include "judge/session.hpp"
#include "judge/spread.hpp"
#include "report/parse.hpp"
#include "report/stream_results.hpp"
#include "report/summary.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace guise::report {

namespace {

using evidence::CaseId;
using evidence::VisitRecord;
using judge::CaseRecord;
using judge::Verdict;
using nlohmann::ordered_json;

bool knows_mode(const profile::Profile& profile, const std::string& mode) {
    return profile.modes.contains(mode == "default" ? profile.default_mode : mode);
}

// Whether it says why there is nothing to judge: what made it so is not in the evidence.
bool says_why_not(const judge::Judgement& judgement) {
    return judgement.checks.empty() &&
           (judgement.verdict == Verdict::not_run || judgement.verdict == Verdict::not_applicable ||
            judgement.verdict == Verdict::error);
}

// What was seen of a case, by the number of its run.
using SeenRuns = std::map<int, judge::SeenVisits>;

// The records of a session until its end has been read.
struct OpenSession {
    std::string client;
    std::string mode;
    std::vector<judge::ControlEvidence> controls;
    std::map<std::string, SeenRuns> visits;                // by scenario, so that their order is always one
    std::unordered_map<std::string, CaseRecord> recorded;  // by scenario
};

// The numbers of the runs that a case had: those that were seen, and those that are only recorded.
std::set<int> runs_of(const SeenRuns& seen, const CaseRecord* recorded) {
    std::set<int> out;
    for (const auto& [run, visits] : seen) out.insert(run);
    if (!recorded) return out;
    for (const judge::SpreadPart& part : recorded->spread) out.insert(part.runs.begin(), part.runs.end());
    if (out.empty()) out.insert(1);
    return out;
}

class Rejudge {
 public:
    Rejudge(const inputs::RunInputs& inputs, const std::vector<judge::KnownDeviation>& known,
            const clients::Vocabulary& vocabulary)
        : inputs_(inputs), known_(known), vocabulary_(vocabulary), facts_(inputs.library) {}

    // Takes the next record; what it throws says what is wrong with it.
    void add(const ordered_json& record) {
        const std::string& type = record.at("type").get_ref<const std::string&>();
        if (type == "visit")
            add_visit(evidence::parse_visit(record));
        else if (type == "case")
            add_case(parse_case(record));
        else if (type == "run.start")
            start(parse_run_start(record));
        else if (type == "session.end")
            end_session(parse_session_end(record));
        else if (type == "run.end")
            end_ = parse_run_end(record);
        else
            throw std::invalid_argument("the type '" + type + "'");
    }

    Result<Rejudged> finish(bool cut) {
        while (!open_.empty()) close(std::string(open_.begin()->first));
        if (!problems_.empty()) return problems_;
        auto& cases = out_.results.cases;
        std::sort(cases.begin(), cases.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
        std::sort(out_.changed.begin(), out_.changed.end());
        const bool interrupted = !end_ || end_->exit == ExitCode::interrupted;
        out_.results.end = summarise(cases, {interrupted, skipped_text(out_.results.sessions), 0});
        if (end_) out_.results.end.lasted = end_->lasted;
        out_.ended = end_.has_value();
        out_.cut = cut;
        return std::move(out_);
    }

 private:
    // A profile by its name; one that a client's file overlays is made from that file again.
    void start(RunStart start) {
        for (const ClientFacts& client : start.clients) {
            versions_[client.name] = client.version;
            const auto known = inputs_.profiles.find(client.profile);
            if (known != inputs_.profiles.end()) {
                profiles_[client.name] = known->second;
                continue;
            }
            auto chosen = inputs::load_clients(inputs_, vocabulary_, {client.name}, {});
            if (chosen)
                profiles_[client.name] = std::move(chosen->front().profile);
            else
                problems_.add({}, fmt::format("the profile {} of {}", client.profile, client.name),
                              "none of that name");
        }
        out_.results.start = std::move(start);
    }

    OpenSession& session(const std::string& id, const CaseId& of) {
        const auto [at, added] = open_.try_emplace(id);
        if (added) {
            at->second.client = of.client.text();
            at->second.mode = of.mode.text();
        }
        return at->second;
    }

    void add_visit(VisitRecord visit) {
        OpenSession& to = session(visit.session, visit.id);
        const auto profile = profiles_.find(to.client);
        static const std::vector<std::string> none;
        evidence::Observation seen = evidence::observe(
            visit.evidence, profile == profiles_.end() ? none : profile->second.public_requests);
        if (visit.control.empty())
            to.visits[visit.id.scenario.text()][visit.attempt].insert_or_assign(visit.visit, std::move(seen));
        else
            to.controls.push_back({visit.control, std::move(seen), {}});
    }

    void add_case(CaseRecord record) {
        OpenSession& to = session(record.session.text(), record.id);
        record.seen.reset();
        to.recorded.insert_or_assign(record.id.scenario.text(), std::move(record));
    }

    // The profile of a session that has evidence; null, and a problem, where there is none.
    const profile::Profile* profile_of(const OpenSession& session) {
        const auto profile = profiles_.find(session.client);
        if (profile != profiles_.end() && knows_mode(profile->second, session.mode)) return &profile->second;
        if (!session.visits.empty())
            problems_.add({}, fmt::format("a profile for {} with the mode {}", session.client, session.mode),
                          "none");
        return nullptr;
    }

    // Of a session that was skipped there are no cases to judge: what the run said of it stands.
    void end_session(const SessionEnd& end) {
        close(end.session);
        auto& sessions = out_.results.sessions;
        if (end.skipped && !sessions.empty() && sessions.back().session == end.session) sessions.back() = end;
    }

    void close(const std::string& id) {
        const auto node = open_.extract(id);
        if (node.empty()) return;
        OpenSession& session = node.mapped();
        const profile::Profile* profile = profile_of(session);
        judge::SessionEvidence evidence{
            id, session.client, versions_[session.client], session.mode, profile, std::move(session.controls),
            {}};
        for (auto& [scenario, runs] : session.visits) {
            const auto* known = scenario_of(scenario);
            if (known && profile) add_to(evidence, *known, std::move(runs), session.recorded);
        }
        for (auto& [scenario, record] : session.recorded) {
            const auto* known = inputs_.catalogue.find(scenario);
            if (known && profile && !session.visits.contains(scenario))
                add_to(evidence, *known, {}, session.recorded);
            else if (!session.visits.contains(scenario))
                out_.results.cases.push_back(std::move(record));  // nothing can have changed it
        }
        if (profile) judge(std::move(evidence), session.recorded);
    }

    const scenario::Scenario* scenario_of(const std::string& id) {
        const auto* out = inputs_.catalogue.find(id);
        if (!out) problems_.add({}, fmt::format("the scenario {} in the catalogue", id), "none");
        return out;
    }

    // What the run recorded of a case besides its verdict stands; a killed run has not got so far. So does
    // the verdict of a run of it that did not come to its end.
    static void add_to(judge::SessionEvidence& evidence, const scenario::Scenario& scenario, SeenRuns runs,
                       const std::unordered_map<std::string, CaseRecord>& recorded) {
        const auto before = recorded.find(scenario.id);
        const CaseRecord* record = before == recorded.end() ? nullptr : &before->second;
        auto lasted = record ? record->lasted : std::chrono::milliseconds();
        for (const int run : runs_of(runs, record)) {
            judge::CaseEvidence out;
            out.scenario = &scenario;
            out.run = run;
            out.visits = std::move(runs[run]);
            const bool whole = out.visits.size() >= judge::connections_of(scenario);
            if (!whole && !record) continue;
            if (record) {
                out.lasted = std::exchange(lasted, std::chrono::milliseconds());  // of all its runs
                out.repro = record->repro;
                out.settled = settled(*record, run, whole);
            }
            evidence.cases.push_back(std::move(out));
        }
    }

    // The recorded judgement of a run of which there is nothing to judge, or not all.
    static std::optional<judge::Judgement> settled(const CaseRecord& record, int run, bool whole) {
        if (record.spread.empty())
            return !whole || says_why_not(record.judgement) ? std::optional(record.judgement) : std::nullopt;
        const judge::SpreadPart* part = judge::part_of(record.spread, run);
        if (!part) return whole ? std::nullopt : std::optional<judge::Judgement>(std::in_place);
        if (whole && part->judged) return std::nullopt;
        return judge::Judgement{part->verdict, part->sentence, {}};
    }

    void judge(judge::SessionEvidence evidence, std::unordered_map<std::string, CaseRecord>& recorded) {
        judge::SessionRecords made =
            judge::judge_session(std::move(evidence), {inputs_, known_, out_.results.start.now, facts_});
        for (CaseRecord& record : made.cases) {
            const auto before = recorded.extract(record.id.scenario.text());
            if (before.empty() || before.mapped().judgement.verdict != record.judgement.verdict)
                out_.changed.push_back(record.id);
            record.seen.reset();  // no report reads it
            out_.results.cases.push_back(std::move(record));
        }
        out_.results.sessions.push_back(std::move(made.end));
    }

    const inputs::RunInputs& inputs_;
    const std::vector<judge::KnownDeviation>& known_;
    const clients::Vocabulary& vocabulary_;
    profile::FactsSource facts_;
    std::unordered_map<std::string, profile::Profile> profiles_;  // by client
    std::unordered_map<std::string, std::string> versions_;       // by client
    std::unordered_map<std::string, OpenSession> open_;           // by id
    std::optional<RunEnd> end_;
    Problems problems_;
    Rejudged out_;
};

}  // namespace

Result<Rejudged> rejudge(const inputs::RunInputs& inputs, const std::filesystem::path& file,
                         const std::vector<judge::KnownDeviation>& known,
                         const clients::Vocabulary& vocabulary) {
    Rejudge work(inputs, known, vocabulary);
    const auto cut =
        stream_results(file, [&work](const ordered_json& record, std::streamoff) { work.add(record); });
    if (!cut) return cut.error();
    return work.finish(*cut);
}

}  // namespace guise::report
