#include "cli/clause_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <vector>

namespace guise::cli {

namespace {

using nlohmann::ordered_json;
using profile::Clause;
using profile::Coverage;

std::set<std::string> scenarios_for(const Clause& clause, const Coverage& coverage) {
    std::set<std::string> out;
    for (const auto& [profile, clauses] : coverage)
        if (const auto found = clauses.find(clause.id); found != clauses.end())
            out.insert(found->second.begin(), found->second.end());
    return out;
}

// The first few scenarios, and how many more there are.
std::string shortened(const std::set<std::string>& scenarios) {
    constexpr std::size_t few = 2;
    const std::vector<std::string> all(scenarios.begin(), scenarios.end());
    const std::vector<std::string> first(
        all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(few, all.size())));
    if (all.size() <= few) return fmt::format("{}", fmt::join(first, ", "));
    return fmt::format("{} and {} more", fmt::join(first, ", "), all.size() - few);
}

std::string covered_text(const inputs::RunInputs& inputs, const Clause& clause, const Coverage& coverage) {
    if (!clause.out_of_scope.empty()) return "out of scope";
    const std::set<std::string> missing =
        profile::uncovered(clause, inputs.profiles, inputs.clauses, coverage);
    std::string out = shortened(scenarios_for(clause, coverage));
    if (!missing.empty())
        out += fmt::format("{}uncovered for {}", out.empty() ? "" : "; ", fmt::join(missing, ", "));
    return out.empty() ? "-" : out;
}

ordered_json covered_json(const Clause& clause, const Coverage& coverage) {
    ordered_json out = ordered_json::object();
    for (const auto& [profile, clauses] : coverage)
        if (const auto found = clauses.find(clause.id); found != clauses.end()) out[profile] = found->second;
    return out;
}

}  // namespace

Coverage coverage_of(const inputs::RunInputs& inputs) {
    return profile::coverage_of(inputs.catalogue, inputs.profiles, inputs.clauses, inputs.library);
}

Rows clause_rows(const inputs::RunInputs& inputs, const Coverage& coverage) {
    Rows out{{"clause", "level", "covered by", "source", "text"}, {}};
    for (const auto& [id, clause] : inputs.clauses) {
        std::string text = clause.text;
        if (!clause.out_of_scope.empty()) text += fmt::format(" (out of scope: {})", clause.out_of_scope);
        out.rows.push_back({id, clause.level ? std::string(word(*clause.level)) : "-",
                            covered_text(inputs, clause, coverage), clause.source, text});
    }
    return out;
}

std::string clauses_json(const inputs::RunInputs& inputs, const Coverage& coverage) {
    ordered_json out = ordered_json::array();
    for (const auto& [id, clause] : inputs.clauses)
        out.push_back({{"clause", id},
                       {"level", clause.level ? ordered_json(word(*clause.level)) : ordered_json(nullptr)},
                       {"source", clause.source},
                       {"text", clause.text},
                       {"out_of_scope", clause.out_of_scope.empty() ? ordered_json(nullptr)
                                                                    : ordered_json(clause.out_of_scope)},
                       {"covered", covered_json(clause, coverage)},
                       {"uncovered", profile::uncovered(clause, inputs.profiles, inputs.clauses, coverage)}});
    return out.dump(2) + "\n";
}

}  // namespace guise::cli
