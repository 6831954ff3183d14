#include "cli/rows.hpp"

#include "run/participants.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace guise::cli {

namespace {

template <class Texts>
std::string joined(const Texts& texts) {
    std::string out;
    for (const auto& text : texts) out += (out.empty() ? "" : " ") + std::string(text);
    return out;
}

}  // namespace

Rows scenario_rows(const inputs::RunInputs& inputs) {
    Rows out{{"id", "severity", "control", "title"}, {}};
    for (const scenario::Scenario& scenario : inputs.catalogue.all()) {
        const auto* control = inputs.catalogue.control_of(scenario);
        out.rows.push_back(
            {scenario.id, std::string(word(scenario.severity)), control ? control->id : "-", scenario.title});
    }
    return out;
}

Result<Rows> client_rows(const inputs::RunInputs& inputs) {
    auto participants = run::load_participants(inputs, {});
    if (!participants) return participants.error();
    run::find_participants(*participants);
    Rows out{{"client", "version", "profile", "modes", "state"}, {}};
    for (const auto& who : *participants) {
        std::vector<std::string> modes;
        for (const auto& [mode, settings] : who->client.modes) modes.push_back(mode);
        const std::string state = who->missing.empty() ? fmt::format("ready, by {}", who->routing->name)
                                                       : "missing: " + who->missing;
        out.rows.push_back({who->client.name, who->detection.version.empty() ? "-" : who->detection.version,
                            who->profile.name, joined(modes), state});
    }
    return out;
}

Rows profile_rows(const inputs::RunInputs& inputs) {
    Rows out{{"profile", "modes", "title"}, {}};
    for (const auto& [name, profile] : inputs.profiles) {
        std::vector<std::string> modes;
        for (const auto& [mode, rules] : profile.modes) modes.push_back(mode);
        out.rows.push_back({name, joined(modes), profile.title});
    }
    return out;
}

Rows defect_rows(const inputs::RunInputs& inputs) {
    Rows out{{"defect", "faults", "positions", "clause"}, {}};
    for (const auto& [name, defect] : inputs.library.defects) {
        std::vector<std::string> faults;
        std::vector<std::string> positions;
        for (const Fault fault : defect.faults) faults.emplace_back(word(fault));
        for (const auto& [position, level] : defect.level)
            positions.push_back(fmt::format("{}:{}", word(position), word(level)));
        out.rows.push_back({name, joined(faults), joined(positions), defect.clause});
    }
    return out;
}

std::string rows_text(const Rows& rows) {
    std::vector<std::size_t> widths(rows.columns.size(), 0);
    const auto measure = [&](const std::vector<std::string>& row) {
        for (std::size_t i = 0; i + 1 < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    };
    measure(rows.columns);
    for (const auto& row : rows.rows) measure(row);
    std::string out;
    const auto print = [&](const std::vector<std::string>& row) {
        for (std::size_t i = 0; i < row.size(); ++i)
            out += i + 1 < row.size() ? fmt::format("{:<{}}  ", row[i], widths[i]) : row[i] + "\n";
    };
    print(rows.columns);
    for (const auto& row : rows.rows) print(row);
    return out;
}

std::string rows_json(const Rows& rows) {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const auto& row : rows.rows) {
        nlohmann::ordered_json object;
        for (std::size_t i = 0; i < row.size(); ++i) object[rows.columns[i]] = row[i];
        out.push_back(std::move(object));
    }
    return out.dump(2) + "\n";
}

}  // namespace guise::cli
