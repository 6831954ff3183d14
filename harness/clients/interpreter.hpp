// Which program an interpreter's name really starts. A version manager (pyenv, rbenv, nodenv) puts scripts in
// PATH that look for the interpreter anew at each start, for half a second of CPU.
#pragma once

#include "clients/file/client.hpp"
#include "clients/visit_place.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace guise::clients {

/// Asks each interpreter that the client starts, in `detect`, `run` or a mode's `run`, for its executable,
/// where `path` leads to a script of its name; and does the same for a program that is a script with
/// `#!/usr/bin/env INTERPRETER`. What is no such script, or does not answer within `patience`, is not in it.
///
/// Lifetime: `client` outlives the operation. `directory` is empty, and the home of what is asked.
boost::asio::awaitable<Programs> resolve_interpreters(const Client& client, std::string path,
                                                      std::string directory,
                                                      std::chrono::milliseconds patience);

/// `argv` with its program replaced.
[[nodiscard]] std::vector<std::string> with_program(const Programs& programs, std::vector<std::string> argv);

}  // namespace guise::clients
