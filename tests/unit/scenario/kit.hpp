// How the tests of this folder read a scenario that they have made up.
#pragma once

#include "pki/support.hpp"
#include "scenario/scenario.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace guise::scenario::test {

using pki::test::Folder;
using pki::test::repository;

/// The four lines that every scenario here begins with; `visits` is line 5.
inline const std::string head = "id: area/name\ntitle: A title\nseverity: high\ncontrol: trust/ca-signed\n";

/// A scenario of one line of visits: `visits: [VISITS]`.
inline std::string visits(const std::string& list) { return head + "visits: [" + list + "]\n"; }

/// A scenario with one visit that presents this.
inline std::string presenting(const std::string& present) { return visits("{present: " + present + "}"); }

/// A good scenario with more lines after it, from line 6 on.
inline std::string with(const std::string& lines) { return presenting("{leaf: leaf}") + lines; }

inline Result<std::vector<Scenario>> load(const std::string& text,
                                          const pki::Library& library = repository()) {
    const Folder folder({{"area/name.yaml", text}});
    return load_scenario_file(folder.path / "area/name.yaml", "area/name", library);
}

/// The only case of a good file.
inline Scenario scenario_of(const std::string& text) {
    INFO(text);
    const auto scenarios = load(text);
    if (!scenarios) FAIL(scenarios.error().text());
    REQUIRE(scenarios->size() == 1);
    return scenarios->front();
}

/// The visit of a good file with this one visit.
inline Connect connect_of(const std::string& visit) {
    const Scenario scenario = scenario_of(visits(visit));
    REQUIRE(scenario.visits.size() == 1);
    return std::get<Connect>(scenario.visits.front().action);
}

/// Takes the folder out of a message.
inline std::string without(std::string text, const std::string& folder) {
    for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder))
        text.erase(at, folder.size());
    return text;
}

/// The messages of a broken file, one a line and without the file's name; nothing for a good file.
inline std::string problems_of(const std::string& text) {
    const auto scenarios = load(text);
    if (scenarios) return {};
    std::string out;
    for (const Problem& problem : scenarios.error().list) {
        CHECK(std::filesystem::path(problem.where.file.text()).filename() == "name.yaml");
        Problem bare = problem;
        bare.where.file = "name.yaml";
        out += bare.text() + "\n";
    }
    return out;
}

}  // namespace guise::scenario::test
