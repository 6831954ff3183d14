// All that the pages are made of, read and derived once, with what leads back: from a defect to its
// scenarios, from a control to what it stands beside.
#pragma once

#include "docs/expected.hpp"
#include "docs/prose.hpp"
#include "docs/visit_text.hpp"
#include "inputs/chosen_client.hpp"
#include "judge/known_deviation.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace guise::docs {

/// One case of a scenario, as the pages tell it.
struct BookCase {
    const scenario::Scenario* scenario = nullptr;
    std::vector<ToldVisit> visits;
    std::vector<ExpectedByMode> owed;
};

/// What names a part of a standard.
struct NamedBy {
    std::set<std::string> defects;
    std::set<std::string> scenarios;
};

using Names = std::set<std::string>;

/// The material of the documentation. Immutable once made.
///
/// Lifetime: keeps a reference to the inputs, and pointers into itself: it is made once and not copied.
struct Book {
    const inputs::RunInputs& inputs;
    std::vector<inputs::ChosenClient> clients;
    std::vector<judge::KnownDeviation> known;
    std::map<std::string, std::vector<BookCase>> scenarios = {};  // by the path of the file
    std::map<std::string, Names> areas = {};                      // the files of each
    profile::Coverage coverage = {};
    std::map<std::string, Names> by_defect = {};
    std::map<std::string, NamedBy> by_standard = {};  // by what the files say: `RFC 5280 6.1.3 (a)(1)`
    std::map<std::string, Names> controlled_by = {};  // the scenarios whose control this one is
    std::map<std::string, Names> combined_in = {};    // the scenarios that combine this one with others
    std::map<std::string, std::vector<const judge::KnownDeviation*>> known_of =
        {};                                                       // by file: what is known of it
    std::map<const judge::KnownDeviation*, Names> known_in = {};  // the files that a deviation is about
    Glossary glossary = {};

    /// The case that stands for a file: its first.
    [[nodiscard]] const scenario::Scenario& first(const std::string& base) const {
        return *scenarios.at(base).front().scenario;
    }
    /// The faults of all chains of all cases of a file, each with the highest level that it has.
    [[nodiscard]] std::map<Fault, Level> faults(const std::string& base) const;
};

/// Reads clients and known deviations, and derives every scenario in every mode. Errors: what is wrong in a
/// file.
[[nodiscard]] Result<std::unique_ptr<Book>> make_book(const inputs::RunInputs& inputs,
                                                      const clients::Vocabulary& vocabulary);

}  // namespace guise::docs
