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

namespace {

Problem cannot_resume(const std::string& why) {
    return cannot("resume", why + "; repeat the original options");
}

}  // namespace

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
            problems.add(cannot_resume(fmt::format(
                "this run selected other scenarios (session {} {})", session,
                now[session].empty()
                    ? "is missing"
                    : fmt::format("had {} cases, and now has {}", cases.size(), now[session].size()))));
    return problems;
}

Problems why_not_resumed(const report::RunStart& before, const report::RunStart& now) {
    Problems problems;
    const auto same = [&](const std::string& what, const std::string& was, const std::string& is) {
        if (was != is)
            problems.add(
                cannot_resume(fmt::format("this run had another {}: {}, and now it is {}", what, was, is)));
    };
    same("version of guise", before.version, now.version);
    same("catalogue", before.catalogue_digest.substr(0, 12), now.catalogue_digest.substr(0, 12));
    same("number of cases", std::to_string(before.cases), std::to_string(now.cases));
    const auto text = [](const report::RunStart& start) {
        std::string out;
        for (const report::ClientFacts& client : start.clients)
            if (client.missing.empty())
                out += fmt::format("{}{} {} by {}", out.empty() ? "" : ", ", client.name, client.version,
                                   client.profile);
        return out;
    };
    const auto runs = [](const report::RunStart& start) {
        return fmt::format("{}{}", start.repeat, start.compare ? " to compare" : "");
    };
    same("number of runs of a case", runs(before), runs(now));
    same("set of clients", text(before), text(now));
    if (now.clock_given) same("clock", time_text(before.now), time_text(now.now));
    return problems;
}

}  // namespace guise::run
