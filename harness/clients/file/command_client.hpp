// The client file of a command line that somebody has at hand (`guise try`).
#pragma once

#include "base/problem.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace guise::clients {

/// Stands in each file that this makes (see base/own_file.hpp).
inline constexpr std::string_view command_client_mark = "# A client file that `guise try` has made.";

/// Its name: `try-` and the program's, so that it is none of ours.
[[nodiscard]] std::string command_client_name(const std::vector<std::string>& command);

/// The text of a client file that starts this command, with its placeholders, in the mode Strict of the
/// profile tls-client. How it finds the servers follows from the placeholders: `{proxy}`, `{address}`, or
/// neither.
///
/// Errors: no command, and a command that does not say where the server is.
[[nodiscard]] Result<std::string> command_client(const std::vector<std::string>& command);

}  // namespace guise::clients
