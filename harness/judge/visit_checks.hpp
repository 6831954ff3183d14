// The standing checks of one visit, as one way explains it.
#pragma once

#include "evidence/observe.hpp"
#include "judge/verdict.hpp"
#include "profile/alternative.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace guise::judge {

/// What is expected in a visit of a client with one memory.
///
/// Lifetime: keeps a reference to `before`.
struct Standpoint {
    const profile::Possible& before;        // what had come of the visits until now
    std::vector<profile::Alternative> due;  // the ways that are right, without any price but a preference's
};

/// One visit that one way explains: what was expected and what was seen.
///
/// Lifetime: keeps references to all it is given.
struct Explained {
    const profile::Subject& subject;
    int number;
    const Standpoint& from;
    const profile::Alternative& way;
    const evidence::Observation& seen;

    /// The visit itself. It must be one that connects.
    [[nodiscard]] const scenario::Connect& connect() const;
};

/// A statement that holds or does not.
struct Statement {
    bool holds = true;
    std::string expected;
    std::string observed;
};

/// Visit `number` (from 1) of a scenario. It must be one that connects.
[[nodiscard]] const scenario::Connect& connect_of(const scenario::Scenario& scenario, int number);

/// Whether the visit calls for a standing check.
[[nodiscard]] bool called_for(const Explained& visit, std::string_view check);

/// The clauses of a standing check in the visit's mode; none where the profile has none.
[[nodiscard]] profile::Clauses clauses_of(const Explained& visit, const std::string& check);

/// A check of the visit under these clauses. A statement that does not hold weighs as much as the most
/// binding of them, and no more than a should where the expectation rests on a fault that may be overlooked.
[[nodiscard]] Check check_of(const Explained& visit, const std::string& name, const Statement& statement,
                             profile::Clauses clauses);

/// Appends a check, if the visit calls for it; under its own clauses where `clauses` is empty.
void add_check(const Explained& visit, const std::string& check, const Statement& statement,
               std::vector<Check>& out, profile::Clauses clauses = {});

/// Appends a check that the client gives no means to make, if the visit calls for it.
void add_not_applicable(const Explained& visit, const std::string& check, const std::string& why,
                        std::vector<Check>& out, profile::Clauses clauses = {});

/// What a check comes to that missed something of this level.
[[nodiscard]] Verdict missed(Level level);

/// Whether a text of the client names this host: `host`, `host:port`, or a URL there.
[[nodiscard]] bool names_host(std::string_view said, std::string_view host);

/// Whether it names this host and, where it names a port, this one.
[[nodiscard]] bool names_place(std::string_view said, std::string_view host, std::uint16_t port);

}  // namespace guise::judge
