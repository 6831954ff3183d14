// The patterns of requests.
#pragma once

#include <string_view>

namespace guise::service {

/// `*` stands for any text without a slash, `**` for any text, `[*]` for an asterisk; everything else for
/// itself.
[[nodiscard]] bool path_matches(std::string_view glob, std::string_view path);

}  // namespace guise::service
