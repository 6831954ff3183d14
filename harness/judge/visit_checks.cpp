#include "judge/visit_checks.hpp"

#include <algorithm>
#include <string>
#include <variant>

namespace guise::judge {

Verdict missed(Level level) {
    switch (level) {
        case Level::must:
            return Verdict::fail;
        case Level::should:
            return Verdict::note;
        case Level::may:
            return Verdict::pass;
    }
    return Verdict::fail;
}

const scenario::Connect& Explained::connect() const { return connect_of(subject.scenario, number); }

const scenario::Connect& connect_of(const scenario::Scenario& scenario, int number) {
    return std::get<scenario::Connect>(scenario.visits.at(static_cast<std::size_t>(number) - 1).action);
}

bool called_for(const Explained& visit, std::string_view check) {
    const auto& checks = visit.way.cited.checks;
    return std::find(checks.begin(), checks.end(), check) != checks.end();
}

profile::Clauses clauses_of(const Explained& visit, const std::string& check) {
    const profile::Checks& checks = visit.subject.profile.modes.at(visit.way.mode).checks;
    const auto found = checks.find(check);
    return found == checks.end() ? profile::Clauses{} : found->second;
}

namespace {

// The checks of what is expected because of a fault.
constexpr std::string_view on_faults[] = {"event-fired", "event-faults", "prompt-shows", "prompt-trust"};

// What rests on a fault that a client may overlook is a should at the most.
Level weight(const Explained& visit, const std::string& check, Level level) {
    const bool lighter = visit.way.excuse && std::ranges::count(on_faults, check) > 0;
    return lighter ? std::min(level, Level::should) : level;
}

}  // namespace

Check check_of(const Explained& visit, const std::string& name, const Statement& statement,
               profile::Clauses clauses) {
    Check out;
    out.name = name;
    out.visit = visit.number;
    out.expected = statement.expected;
    out.observed = statement.observed;
    out.level = weight(visit, name, visit.subject.profile.level(clauses, visit.subject.clauses));
    out.clauses = std::move(clauses);
    if (!statement.holds) out.verdict = missed(out.level);
    out.described = !statement.holds && out.verdict == Verdict::pass;
    return out;
}

void add_check(const Explained& visit, const std::string& check, const Statement& statement,
               std::vector<Check>& out, profile::Clauses clauses) {
    if (!called_for(visit, check)) return;
    if (clauses.empty()) clauses = clauses_of(visit, check);
    out.push_back(check_of(visit, check, statement, std::move(clauses)));
}

void add_not_applicable(const Explained& visit, const std::string& check, const std::string& why,
                        std::vector<Check>& out, profile::Clauses clauses) {
    if (!called_for(visit, check)) return;
    add_check(visit, check, {true, {}, why}, out, std::move(clauses));
    out.back().verdict = Verdict::not_applicable;
}

bool names_host(std::string_view said, std::string_view host) {
    if (const auto scheme = said.find("://"); scheme != std::string_view::npos)
        said.remove_prefix(scheme + 3);
    return said.starts_with(host) &&
           (said.size() == host.size() || said[host.size()] == ':' || said[host.size()] == '/');
}

bool names_place(std::string_view said, std::string_view host, std::uint16_t port) {
    if (!names_host(said, host)) return false;
    if (const auto scheme = said.find("://"); scheme != std::string_view::npos)
        said.remove_prefix(scheme + 3);
    said.remove_prefix(host.size());
    if (said.empty() || said.front() != ':') return true;
    return said.substr(1, said.find('/') - 1) == std::to_string(port);
}

}  // namespace guise::judge
