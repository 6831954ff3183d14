// The page of one scenario file, with all its cases.
#pragma once

#include "docs/book.hpp"
#include "docs/page.hpp"

#include <string>

namespace guise::docs {

/// `base` must be in the book.
[[nodiscard]] Page scenario_page(const Book& book, const std::string& base);

}  // namespace guise::docs
