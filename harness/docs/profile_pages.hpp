// A page for each profile, and the list of them.
#pragma once

#include "docs/book.hpp"
#include "docs/page.hpp"
#include "docs/writer.hpp"

#include <vector>

namespace guise::docs {

[[nodiscard]] std::vector<Page> profile_pages(const Book& book);

/// What a profile says besides its tables: pins, events, questions.
[[nodiscard]] Html profile_facts(const profile::Profile& profile);

}  // namespace guise::docs
