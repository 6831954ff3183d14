// The clause lists: every clause that a client can be judged by, with its source and how binding it is.
#pragma once

#include "base/problem.hpp"
#include "base/words.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guise::profile {

/// One promise, with a permanent id.
struct Clause {
    std::string id;
    std::string ledger;
    std::optional<Level> level;  // none where the clause only brings others along
    std::vector<std::string> includes;
    std::string source;  // the manual, the standard, or an axiom of this harness
    std::string text;
    std::string out_of_scope;  // why no scenario covers it; empty where one must
    SourcePos where;
};

/// All clauses by id.
using ClauseList = std::map<std::string, Clause>;

/// Reads DIR/*.yaml. Errors: all that is wrong in any file, an id that stands twice, an included clause that
/// is missing.
[[nodiscard]] Result<ClauseList> load_clause_lists(const std::filesystem::path& dir);

}  // namespace guise::profile
