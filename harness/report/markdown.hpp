// The results as Markdown: the summary of a CI step, or a comment on a change.
#pragma once

#include "report/record.hpp"

#include <string>

namespace guise::report {

/// What it comes to, the matrix, and every case that is not a plain pass.
[[nodiscard]] std::string markdown_report(const Results& results);

}  // namespace guise::report
