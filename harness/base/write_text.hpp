// Files that are written whole.
#pragma once

#include "base/problem.hpp"

#include <filesystem>
#include <string>

namespace guise {

/// Makes `file` hold `text`. The text is written beside it and put in its place in one step, so that a full
/// disk or a kill leaves the file as it was; what is not a regular file (a pipe, a terminal) is written as it
/// is. Its folder must exist. Errors: `cannot write FILE: WHY`.
[[nodiscard]] Problems write_text(const std::filesystem::path& file, const std::string& text);

/// Makes the folder, and those above it, where they are missing. Errors: `cannot make the folder FOLDER:
/// WHY`.
[[nodiscard]] Problems make_folder(const std::filesystem::path& folder);

}  // namespace guise
