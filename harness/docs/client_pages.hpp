// A page for each client that there is a file for, with what it is known to do, and the list of them.
#pragma once

#include "docs/book.hpp"
#include "docs/page.hpp"

#include <vector>

namespace guise::docs {

[[nodiscard]] std::vector<Page> client_pages(const Book& book);

}  // namespace guise::docs
