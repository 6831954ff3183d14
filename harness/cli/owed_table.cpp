#include "cli/owed_table.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace guise::cli {

namespace {

using docs::OwedByMode;
using nlohmann::ordered_json;
using profile::Ledger;
using profile::Owed;
using profile::Profile;

template <class Words>
ordered_json words_json(const Words& values) {
    ordered_json out = ordered_json::array();
    for (const auto value : values) out.push_back(word(value));
    return out;
}

std::string clauses_text(const Owed& owed, const Profile& profile, const Ledger& ledger) {
    std::string out;
    for (const std::string& clause : owed.clauses)
        out += fmt::format("{}{} ({})", out.empty() ? "" : ", ", clause, word(profile.level(clause, ledger)));
    return out;
}

ordered_json owed_json(const Owed& owed, const Profile& profile, const Ledger& ledger) {
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
        out["clauses"].push_back({{"clause", clause}, {"level", word(profile.level(clause, ledger))}});
    return out;
}

ordered_json visits_json(const OwedByMode& mode, const Ledger& ledger) {
    ordered_json out = ordered_json::array();
    for (const profile::OwedInVisit& visit : mode.visits) {
        ordered_json owed = ordered_json::array();
        for (const Owed& each : visit) owed.push_back(owed_json(each, *mode.profile, ledger));
        out.push_back({{"visit", out.size() + 1}, {"owed", std::move(owed)}});
    }
    return out;
}

}  // namespace

Rows owed_rows(const std::vector<OwedByMode>& modes, const Ledger& ledger) {
    Rows out{{"profile", "mode", "visit", "situation", "owed", "ends", "event", "clauses"}, {}};
    for (const OwedByMode& mode : modes)
        for (std::size_t i = 0; i < mode.visits.size(); ++i)
            for (const Owed& owed : mode.visits[i])
                out.rows.push_back({mode.profile->name, mode.mode, std::to_string(i + 1), owed.situation,
                                    owed.text(), docs::finals_text(owed),
                                    owed.event ? std::string(word(*owed.event)) : "-",
                                    clauses_text(owed, *mode.profile, ledger)});
    return out;
}

ordered_json owed_json(const scenario::Scenario& scenario, const std::vector<OwedByMode>& modes,
                       const Ledger& ledger) {
    ordered_json out{{"scenario", scenario.id}, {"modes", ordered_json::array()}};
    for (const OwedByMode& mode : modes)
        out["modes"].push_back(
            {{"profile", mode.profile->name},
             {"mode", mode.mode},
             {"control", mode.control ? ordered_json(mode.control->id) : ordered_json(nullptr)},
             {"visits", visits_json(mode, ledger)}});
    return out;
}

}  // namespace guise::cli
