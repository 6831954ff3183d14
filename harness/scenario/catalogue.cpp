#include "scenario/catalogue.hpp"

#include "base/glob.hpp"
#include "base/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <iterator>
#include <set>
#include <span>
#include <thread>

namespace guise::scenario {

Catalogue::Catalogue(std::vector<Scenario> scenarios) : scenarios_(std::move(scenarios)) {
    std::sort(scenarios_.begin(), scenarios_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
}

const Scenario* Catalogue::find(std::string_view id) const {
    const auto at = std::lower_bound(
        scenarios_.begin(), scenarios_.end(), id,
        [](const Scenario& scenario, std::string_view wanted) { return scenario.id < wanted; });
    return at != scenarios_.end() && at->id == id ? &*at : nullptr;
}

std::vector<const Scenario*> Catalogue::select(const std::vector<std::string>& patterns) const {
    std::vector<const Scenario*> out;
    for (const Scenario& scenario : scenarios_) {
        const auto chosen = [&](const std::string& pattern) {
            if (pattern.starts_with('@'))
                return scenario.variant == 0 && std::ranges::count(scenario.tags, pattern.substr(1)) > 0;
            return matches(pattern, scenario.id) || matches(pattern, scenario.base) ||
                   pattern == scenario.area();
        };
        if (patterns.empty() || std::any_of(patterns.begin(), patterns.end(), chosen))
            out.push_back(&scenario);
    }
    return out;
}

Problems Catalogue::unmatched(const std::vector<std::string>& patterns) const {
    Problems problems;
    for (const std::string& pattern : patterns) {
        if (!select({pattern}).empty()) continue;
        std::set<std::string> known;
        for (const Scenario& scenario : scenarios_) known.insert({scenario.base, scenario.area()});
        for (const Scenario& scenario : scenarios_)
            for (const std::string& tag : scenario.tags) known.insert('@' + tag);
        problems.add({}, "the id, the area or a pattern of scenarios (see `guise list scenarios`)",
                     fmt::format("'{}'{}", pattern, did_you_mean(pattern, known)));
    }
    return problems;
}

namespace {

// How well a control fits: an axis in common counts more than any number of axes too many. The version of TLS
// counts as one wherever it is said: as an axis, as the scenario's only one, or as any that client and server
// agree on.
int fit(const Scenario& scenario, const Scenario& candidate) {
    int score = 1000;
    for (const auto& [axis, value] : candidate.axes) {
        const auto mine = scenario.axes.find(axis);
        if (mine != scenario.axes.end())
            score += mine->second == value ? 100 : 0;
        else
            score += axis == "tls" && word(scenario.versions) == value ? 100 : -1;
    }
    return score;
}

}  // namespace

const Scenario* Catalogue::control_of(const Scenario& scenario) const {
    const Scenario* best = nullptr;
    int best_score = 0;
    for (const Scenario& candidate : scenarios_) {
        if (scenario.control.empty() || candidate.base != scenario.control) continue;
        const int score = fit(scenario, candidate);
        if (!best || score > best_score) {
            best = &candidate;
            best_score = score;
        }
    }
    return best;
}

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> yaml_files(const fs::path& dir, Problems& problems) {
    std::vector<fs::path> out;
    std::error_code error;
    for (fs::recursive_directory_iterator at(dir, error), end; !error && at != end; at.increment(error))
        if (at->is_regular_file() && at->path().extension() == ".yaml") out.push_back(at->path());
    if (error) problems.add(cannot("read the folder of scenarios " + dir.string(), error.message()));
    std::sort(out.begin(), out.end());
    return out;
}

// The chain of controls of each scenario must end, and every link of it must exist.
void check_controls(const Catalogue& catalogue, Problems& problems) {
    for (const Scenario& scenario : catalogue.all()) {
        std::set<std::string> seen{scenario.base};
        for (const Scenario* at = &scenario; !at->control.empty();) {
            const Scenario* control = catalogue.control_of(*at);
            if (!control) {
                if (at == &scenario)
                    problems.add(scenario.control_where, "a scenario of the catalogue as `control`",
                                 fmt::format("'{}'", at->control));
                break;
            }
            if (!seen.insert(control->base).second) {
                problems.add(scenario.control_where, "controls that come to an end",
                             fmt::format("'{}' twice", control->base));
                break;
            }
            at = control;
        }
    }
}

void check_combinations(const Catalogue& catalogue, Problems& problems) {
    std::set<std::string> bases;
    for (const Scenario& scenario : catalogue.all()) bases.insert(scenario.base);
    for (const Scenario& scenario : catalogue.all())
        for (const std::string& part : scenario.combines)
            if (!bases.contains(part))
                problems.add(scenario.where, "scenarios of the catalogue in `combines`",
                             fmt::format("'{}'", part));
}

struct Loaded {
    std::vector<Scenario> scenarios;
    Problems problems;
};

Loaded load_files(std::span<const fs::path> files, const fs::path& dir, const pki::Library& library) {
    Loaded out;
    for (const fs::path& file : files) {
        fs::path id = file.lexically_relative(dir);
        auto scenarios = load_scenario_file(file, id.replace_extension().generic_string(), library);
        if (!scenarios)
            out.problems.add(scenarios.error());
        else
            std::ranges::move(*scenarios, std::back_inserter(out.scenarios));
    }
    return out;
}

// No file depends on another, and reading them all is most of the start of the program: each processor takes
// an equal part. The parts come back in the order of the files, so the problems do too.
Loaded load_in_parts(std::span<const fs::path> files, const fs::path& dir, const pki::Library& library) {
    const std::size_t parts = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t size = files.size() / parts + 1;
    std::vector<std::future<Loaded>> running;
    for (; !files.empty(); files = files.subspan(std::min(size, files.size())))
        running.push_back(std::async(std::launch::async, load_files,
                                     files.first(std::min(size, files.size())), std::cref(dir),
                                     std::cref(library)));
    Loaded out;
    for (auto& part : running) {
        Loaded loaded = part.get();
        out.problems.add(std::move(loaded.problems));
        std::ranges::move(loaded.scenarios, std::back_inserter(out.scenarios));
    }
    return out;
}

}  // namespace

Result<Catalogue> load_catalogue(const fs::path& dir, const pki::Library& library) {
    Problems problems;
    const std::vector<fs::path> files = yaml_files(dir, problems);
    auto [all, more] = load_in_parts(files, dir, library);
    problems.add(std::move(more));
    if (!problems.empty()) return problems;
    if (all.empty()) return Problem{{dir.string(), 0, 0}, "at least one scenario", "none"};
    Catalogue catalogue(std::move(all));
    check_controls(catalogue, problems);
    check_combinations(catalogue, problems);
    if (!problems.empty()) return problems;
    return catalogue;
}

}  // namespace guise::scenario
