// Numbers of things as text.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string>
#include <string_view>

namespace guise {

/// `1 case`, `2 cases`: a number and what it counts, which takes an s.
[[nodiscard]] std::string counted(std::integral auto number, std::string_view what) {
    return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

}  // namespace guise
