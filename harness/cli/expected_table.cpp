#include "cli/expected_table.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace guise::cli {

namespace {

using docs::ExpectedByMode;
using nlohmann::ordered_json;
using profile::ClauseList;
using profile::Expected;
using profile::Profile;

template <class Words>
ordered_json words_json(const Words& values) {
    ordered_json out = ordered_json::array();
    for (const auto value : values) out.push_back(word(value));
    return out;
}

std::string clauses_text(const Expected& owed, const Profile& profile, const ClauseList& clauses) {
    std::string out;
    for (const std::string& clause : owed.clauses)
        out +=
            fmt::format("{}{} ({})", out.empty() ? "" : ", ", clause, word(profile.level(clause, clauses)));
    return out;
}

ordered_json expectation_json(const Expected& owed, const Profile& profile, const ClauseList& clauses) {
    ordered_json out;
    out["situation"] = owed.situation;
    out["decisions"] = words_json(owed.decisions);
    out["prefer"] = words_json(owed.prefer);
    out["alt"] = nullptr;
    if (owed.tolerated)
        out["alt"] = {{"level", word(owed.tolerated->level)},
                      {"decisions", words_json(owed.tolerated->decisions)}};
    out["event"] = owed.event ? ordered_json(word(*owed.event)) : ordered_json(nullptr);
    out["finals"] = words_json(owed.finals);
    out["clauses"] = ordered_json::array();
    for (const std::string& clause : owed.clauses)
        out["clauses"].push_back({{"clause", clause}, {"level", word(profile.level(clause, clauses))}});
    return out;
}

ordered_json visits_json(const ExpectedByMode& mode, const ClauseList& clauses) {
    ordered_json out = ordered_json::array();
    for (const profile::ExpectedInVisit& visit : mode.visits) {
        ordered_json owed = ordered_json::array();
        for (const Expected& each : visit) owed.push_back(expectation_json(each, *mode.profile, clauses));
        out.push_back({{"visit", out.size() + 1}, {"owed", std::move(owed)}});
    }
    return out;
}

}  // namespace

Rows expected_rows(const std::vector<ExpectedByMode>& modes, const ClauseList& clauses) {
    Rows out{{"profile", "mode", "visit", "situation", "expected", "ends", "event", "clauses"}, {}};
    for (const ExpectedByMode& mode : modes)
        for (std::size_t i = 0; i < mode.visits.size(); ++i)
            for (const Expected& owed : mode.visits[i])
                out.rows.push_back({mode.profile->name, mode.mode, std::to_string(i + 1), owed.situation,
                                    owed.text(), docs::finals_text(owed),
                                    owed.event ? std::string(word(*owed.event)) : "-",
                                    clauses_text(owed, *mode.profile, clauses)});
    return out;
}

ordered_json expected_json(const scenario::Scenario& scenario, const std::vector<ExpectedByMode>& modes,
                           const ClauseList& clauses) {
    ordered_json out{{"scenario", scenario.id}, {"modes", ordered_json::array()}};
    for (const ExpectedByMode& mode : modes)
        out["modes"].push_back(
            {{"profile", mode.profile->name},
             {"mode", mode.mode},
             {"control", mode.control ? ordered_json(mode.control->id) : ordered_json(nullptr)},
             {"visits", visits_json(mode, clauses)}});
    return out;
}

}  // namespace guise::cli
