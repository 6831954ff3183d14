// The whole documentation, as files.
#pragma once

#include "docs/book.hpp"

#include <map>
#include <string>

namespace guise::docs {

/// The files by their places below the folder. Equal data give equal bytes: nothing depends on the time or on
/// the machine. Errors: two pages for one place.
[[nodiscard]] Result<std::map<std::string, std::string>> make_site(const Book& book);

}  // namespace guise::docs
