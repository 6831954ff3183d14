// Files that are written whole.
#pragma once

#include "base/problem.hpp"

#include <filesystem>
#include <string>

namespace guise {

/// Makes `file` hold `text`. Its folder must exist. Errors: a file that cannot be written, which is what
/// `expected` says.
[[nodiscard]] Problems write_text(const std::filesystem::path& file, const std::string& text,
                                  const std::string& expected = "a file that can be written");

}  // namespace guise
