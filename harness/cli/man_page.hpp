// The manual as pages for man(1).
#pragma once

#include "cli/option_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace guise::cli {

/// Stands in each page (see base/own_file.hpp).
inline constexpr std::string_view man_page_mark = ".\\\" Made by guise.";

/// `guise.1`, `guise-list-scenarios.1`.
[[nodiscard]] std::string man_page_name(const CommandEntry& command);

/// The page of a command, in the macros of man(7). `table` has all commands: the page of the program names
/// them.
[[nodiscard]] std::string man_page(const CommandEntry& command, const std::vector<CommandEntry>& table);

}  // namespace guise::cli
