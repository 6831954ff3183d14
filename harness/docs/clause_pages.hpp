// A page for each clause of the clause lists and for each part of a standard that a defect or an expectation
// names, and the list of them.
#pragma once

#include "docs/book.hpp"
#include "docs/page.hpp"

#include <vector>

namespace guise::docs {

[[nodiscard]] std::vector<Page> clause_pages(const Book& book);

}  // namespace guise::docs
