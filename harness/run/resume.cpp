#include "run/resume.hpp"

#include "base/time.hpp"

#include <fmt/format.h>

#include <map>

namespace guise::run {

Result<Kept> read_kept(const std::filesystem::path& file) {
    auto recorded = report::read_results(file);
    if (!recorded) return recorded.error();
    Kept out;
    out.start = std::move(recorded->start);
    out.ends = std::move(recorded->sessions);
    std::erase_if(out.ends, [](const report::SessionEnd& end) { return end.skipped; });
    for (const report::SessionEnd& end : out.ends) out.sessions.insert(end.session);
    for (report::CaseRecord& record : recorded->cases)
        if (out.sessions.contains(record.session)) out.cases.push_back(std::move(record));
    return out;
}

Problems why_not_kept(const Kept& kept, const Plan& plan) {
    std::map<std::string, std::set<std::string>> before, now;
    for (const std::string& session : kept.sessions) before[session];
    for (const report::CaseRecord& record : kept.cases)
        before[record.session].insert(record.id.scenario.text());
    for (const PlannedSession& session : plan.sessions)
        for (const PlannedCase& one : session.cases) now[session.id].insert(one.scenario->id);
    Problems problems;
    for (const auto& [session, cases] : before)
        if (cases != now[session])
            problems.add({"--resume", 0, 0},
                         fmt::format("the selection of the run that is resumed ({} of {} cases)", session,
                                     cases.size()),
                         now[session].empty() ? "none of it"
                                              : fmt::format("another of {} cases", now[session].size()));
    return problems;
}

Problems why_not_resumed(const report::RunStart& before, const report::RunStart& now) {
    Problems problems;
    const auto same = [&](const std::string& what, const std::string& was, const std::string& is) {
        if (was != is)
            problems.add({"--resume", 0, 0}, fmt::format("{} {}, as in the run that is resumed", what, was),
                         is);
    };
    same("guise", before.version, now.version);
    same("the catalogue", before.catalogue_digest.substr(0, 12), now.catalogue_digest.substr(0, 12));
    same("the number of cases", std::to_string(before.cases), std::to_string(now.cases));
    const auto text = [](const report::RunStart& start) {
        std::string out;
        for (const report::ClientFacts& client : start.clients)
            if (client.missing.empty())
                out += fmt::format("{}{} {} by {}", out.empty() ? "" : ", ", client.name, client.version,
                                   client.profile);
        return out;
    };
    same("the clients", text(before), text(now));
    if (now.clock_given) same("the clock", time_text(before.now), time_text(now.now));
    return problems;
}

}  // namespace guise::run
