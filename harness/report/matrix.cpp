#include "report/matrix.hpp"

#include <algorithm>
#include <set>

namespace guise::report {

const CaseRecord* Matrix::at(const SharedText& row, const MatrixColumn& column) const {
    const CaseId id{row, column.mode, column.client};
    const auto found =
        std::lower_bound(cells.begin(), cells.end(), id,
                         [](const CaseRecord* cell, const CaseId& at) { return cell->id < at; });
    return found == cells.end() || (*found)->id != id ? nullptr : *found;
}

Matrix make_matrix(const Results& results) {
    Matrix out;
    std::set<SharedText> rows;
    std::set<MatrixColumn> columns;
    out.cells.reserve(results.cases.size());
    for (const CaseRecord& record : results.cases) {
        rows.insert(record.id.scenario);
        columns.insert({record.id.client, record.id.mode});
        out.cells.push_back(&record);
    }
    std::sort(out.cells.begin(), out.cells.end(),
              [](const CaseRecord* a, const CaseRecord* b) { return a->id < b->id; });
    out.rows.assign(rows.begin(), rows.end());
    out.columns.assign(columns.begin(), columns.end());
    return out;
}

}  // namespace guise::report
