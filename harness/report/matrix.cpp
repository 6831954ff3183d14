#include "report/matrix.hpp"

#include <set>

namespace guise::report {

const CaseRecord* Matrix::at(const std::string& row, const MatrixColumn& column) const {
    const auto found = cells.find({row, column.mode, column.client});
    return found == cells.end() ? nullptr : found->second;
}

Matrix make_matrix(const Results& results) {
    Matrix out;
    std::set<std::string> rows;
    std::set<MatrixColumn> columns;
    for (const CaseRecord& record : results.cases) {
        rows.insert(record.id.scenario);
        columns.insert({record.id.client, record.id.mode});
        out.cells[record.id] = &record;
    }
    out.rows.assign(rows.begin(), rows.end());
    out.columns.assign(columns.begin(), columns.end());
    return out;
}

}  // namespace guise::report
