// Whether a file may be overwritten: what guise has not written is left alone.
#pragma once

#include "base/problem.hpp"

#include <filesystem>
#include <string_view>

namespace guise {

/// Whether nothing of anybody else is lost when `file` is overwritten: it is not there, it is empty, it is no
/// regular file, or `mark` stands in its first 4 KiB, as it does in every file of that kind that guise
/// writes.
[[nodiscard]] bool may_overwrite(const std::filesystem::path& file, std::string_view mark);

/// The message for a file that may not be; `way_out` says how to go on.
[[nodiscard]] Problem foreign_file(const std::filesystem::path& file, std::string_view way_out);

}  // namespace guise
