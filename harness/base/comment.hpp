// The comment that opens a file of the project's data: what it is about, in its own words.
#pragma once

#include <filesystem>
#include <string>

namespace guise {

/// The lines that open a file and begin with `#`, without their marks. Nothing where there is none, or no
/// such file.
[[nodiscard]] std::string opening_comment(const std::filesystem::path& file);

}  // namespace guise
