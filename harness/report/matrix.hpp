// The results as a matrix: a row a scenario, a column a client in a mode.
#pragma once

#include "report/record.hpp"

#include <map>
#include <string>
#include <vector>

namespace guise::report {

/// One client in one mode.
struct MatrixColumn {
    std::string client;
    std::string mode;
    auto operator<=>(const MatrixColumn&) const = default;
};

struct Matrix {
    std::vector<std::string> rows;      // scenario ids, sorted
    std::vector<MatrixColumn> columns;  // a client's modes side by side
    std::map<CaseId, const CaseRecord*> cells;

    /// The case of a row and a column, or null where there is none.
    [[nodiscard]] const CaseRecord* at(const std::string& row, const MatrixColumn& column) const;
};

/// Lifetime: points into `results`.
[[nodiscard]] Matrix make_matrix(const Results& results);

}  // namespace guise::report
