#include "report/summary.hpp"

#include "base/counted.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace guise::report {

namespace {

using judge::Disposition;
using judge::Verdict;

bool unexpected(const CaseRecord& record, Verdict verdict) {
    return record.judgement.verdict == verdict && record.disposition == Disposition::unexpected;
}

std::size_t count(const std::vector<CaseRecord>& cases, auto matches) {
    return static_cast<std::size_t>(std::count_if(cases.begin(), cases.end(), matches));
}

void decide(RunEnd& end, const std::vector<CaseRecord>& cases, const RunFacts& facts) {
    const auto errors = count(cases, [](const auto& c) { return unexpected(c, Verdict::error); });
    const auto fails = count(cases, [](const auto& c) { return unexpected(c, Verdict::fail); });
    const auto fixed = count(cases, [](const auto& c) { return c.disposition == Disposition::fixed; });
    const auto open = count(cases, [](const auto& c) {
        return unexpected(c, Verdict::inconclusive) || c.judgement.verdict == Verdict::not_run;
    });
    const auto say = [&](ExitCode code, std::string reason) {
        end.exit = code;
        end.reason = std::move(reason);
    };
    if (!facts.internal.empty()) return say(ExitCode::internal, "internal error: " + facts.internal);
    if (facts.interrupted) return say(ExitCode::interrupted, "stopped before the end");
    if (!facts.environment.empty()) return say(ExitCode::environment, facts.environment);
    if (errors > 0)
        return say(ExitCode::environment,
                   counted(errors, "case") + " could not be judged: the client or the machine is at fault");
    if (fails > 0) return say(ExitCode::unexpected, counted(fails, "unexpected failure"));
    if (fixed > 0)
        return say(ExitCode::unexpected, counted(fixed, "case") + " known to fail passed: remove the entry");
    if (open > 0) return say(ExitCode::inconclusive, counted(open, "case") + " inconclusive or not run");
    if (facts.stale > 0) return say(ExitCode::stale, counted(facts.stale, "stale known deviation"));
    if (cases.empty()) return say(ExitCode::nothing, "nothing was selected");
    say(ExitCode::as_expected, "as expected");
}

}  // namespace

RunEnd summarise(const std::vector<CaseRecord>& cases, const RunFacts& facts) {
    RunEnd end;
    for (const CaseRecord& record : cases) ++end.counts[std::string(word(record.judgement.verdict))];
    decide(end, cases, facts);
    return end;
}

std::string skipped_text(const std::vector<SessionEnd>& sessions) {
    const auto skipped = std::ranges::find_if(sessions, &SessionEnd::skipped);
    if (skipped == sessions.end()) return {};
    return fmt::format("{} was skipped: {}", skipped->session, skipped->trouble);
}

std::string_view cell_word(const CaseRecord& record) {
    if (record.disposition == Disposition::fixed) return "fixed";
    if (!record.known.empty() && record.disposition == Disposition::expected) return "known";
    return word(record.judgement.verdict);
}

std::vector<const CaseRecord*> worth_telling(const Results& results) {
    std::vector<const CaseRecord*> out;
    for (const CaseRecord& record : results.cases)
        if (cell_word(record) != word(Verdict::pass) && record.judgement.verdict != Verdict::not_applicable)
            out.push_back(&record);
    std::stable_partition(out.begin(), out.end(), [](const CaseRecord* record) {
        return record->disposition != Disposition::expected;
    });
    return out;
}

std::string counts_text(const std::vector<CaseRecord>& cases) {
    constexpr std::array order{"pass",  "note",         "known",          "fixed",  "fail",
                               "error", "inconclusive", "not-applicable", "not-run"};
    std::string out;
    for (const char* each : order) {
        const auto number = count(cases, [&](const CaseRecord& record) { return cell_word(record) == each; });
        if (number > 0) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", number, each);
    }
    return out.empty() ? "none" : out;
}

}  // namespace guise::report
