// The first page: the areas, and all scenarios.
#pragma once

#include "docs/book.hpp"
#include "docs/page.hpp"

namespace guise::docs {

[[nodiscard]] Page index_page(const Book& book);

}  // namespace guise::docs
