// The patterns of the files and the command line.
#pragma once

#include <string_view>

namespace guise {

/// `*` stands for any text, `?` for one character; everything else for itself, brackets too.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

}  // namespace guise
