// Tables for `guise list`: columns with names, as aligned text or as JSON.
#pragma once

#include "base/problem.hpp"
#include "inputs/run_inputs.hpp"

#include <string>
#include <vector>

namespace guise::cli {

/// A table whose first column names the thing.
struct Rows {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

[[nodiscard]] Rows scenario_rows(const inputs::RunInputs& inputs);
/// Looks for the clients on this machine. Errors: what is wrong in a client's file.
[[nodiscard]] Result<Rows> client_rows(const inputs::RunInputs& inputs);
[[nodiscard]] Rows profile_rows(const inputs::RunInputs& inputs);
[[nodiscard]] Rows defect_rows(const inputs::RunInputs& inputs);

/// Columns aligned, two spaces apart, the last one as long as it is.
[[nodiscard]] std::string rows_text(const Rows& rows);
/// A JSON array of objects.
[[nodiscard]] std::string rows_json(const Rows& rows);

}  // namespace guise::cli
