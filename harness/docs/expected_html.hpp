// The expected behaviour of each mode of each profile in a scenario, as tables.
#pragma once

#include "docs/book.hpp"
#include "docs/html.hpp"
#include "docs/writer.hpp"

namespace guise::docs {

/// One table per profile, for each case of a file; cases with the same expected behaviour share one. The
/// content is that of `guise explain`.
[[nodiscard]] Html expected_html(const Writer& writer, const std::vector<BookCase>& cases);

/// All clauses that a case of the file can be judged by.
[[nodiscard]] Names clauses_of(const std::vector<BookCase>& cases);

}  // namespace guise::docs
