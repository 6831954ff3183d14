// The results as Markdown: the summary of a CI step, or a comment on a change.
#pragma once

#include "report/record.hpp"

#include <string>
#include <string_view>

namespace guise::report {

/// How every summary begins (see base/own_file.hpp).
constexpr std::string_view markdown_mark = "# guise: ";

/// What it comes to, the matrix, and every case that is not a plain pass.
[[nodiscard]] std::string markdown_report(const Results& results);

}  // namespace guise::report
