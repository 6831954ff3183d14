// The patterns of the files and the command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guise {

/// `*` stands for any text, `?` for one character; everything else for itself, brackets too.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

/// Whether one of the patterns matches.
[[nodiscard]] bool matches_any(const std::vector<std::string>& patterns, std::string_view text);

}  // namespace guise
