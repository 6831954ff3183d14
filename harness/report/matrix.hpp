// The results as a matrix: a row a scenario, a column a client in a mode.
#pragma once

#include "report/record.hpp"

#include <vector>

namespace guise::report {

/// One client in one mode.
struct MatrixColumn {
    SharedText client;
    SharedText mode;
    auto operator<=>(const MatrixColumn&) const = default;
};

struct Matrix {
    std::vector<SharedText> rows;          // scenario ids, sorted
    std::vector<MatrixColumn> columns;     // a client's modes side by side
    std::vector<const CaseRecord*> cells;  // sorted by their ids

    /// The case of a row and a column, or null where there is none.
    [[nodiscard]] const CaseRecord* at(const SharedText& row, const MatrixColumn& column) const;
};

/// Lifetime: points into `results`.
[[nodiscard]] Matrix make_matrix(const Results& results);

}  // namespace guise::report
