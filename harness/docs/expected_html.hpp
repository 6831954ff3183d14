// What each mode of each profile owes to a scenario, as tables.
#pragma once

#include "docs/book.hpp"
#include "docs/html.hpp"
#include "docs/writer.hpp"

namespace guise::docs {

/// A table a profile, for each case of a file; cases that are owed the same share it. What `guise explain`
/// says.
[[nodiscard]] Html expected_html(const Writer& writer, const std::vector<BookCase>& cases);

/// All clauses that a case of the file can be judged by.
[[nodiscard]] Names clauses_of(const std::vector<BookCase>& cases);

}  // namespace guise::docs
