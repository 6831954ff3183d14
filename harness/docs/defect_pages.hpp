// A page for each defect, and the list of them.
#pragma once

#include "docs/book.hpp"
#include "docs/page.hpp"

#include <vector>

namespace guise::docs {

[[nodiscard]] std::vector<Page> defect_pages(const Book& book);

}  // namespace guise::docs
