// What makes shells complete a command line of guise.
#pragma once

#include "base/words.hpp"
#include "cli/option_table.hpp"

#include <string>
#include <vector>

namespace guise::cli {

/// A shell for which there is a completion script.
enum class Shell { bash, zsh, fish };
constexpr auto words(Shell) { return std::to_array<std::string_view>({"bash", "zsh", "fish"}); }

/// The script that completes commands, options, and the names of clients and scenarios, which it asks
/// `guise list` for. Other words are completed as file names.
[[nodiscard]] std::string completion_text(Shell shell, const std::vector<CommandEntry>& table);

}  // namespace guise::cli
