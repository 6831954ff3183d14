// The keys of a client file that the `terminal`, `rpc` and `guided` drivers carry out: checked when the file
// is read, and held in `Client::rest` until their driver asks for them.
#pragma once

#include "base/fields.hpp"
#include "clients/client.hpp"

namespace guise::clients {

/// What the client's question is.
enum class PromptKind {
    ask,  // a plain question
    warn  // one that needs explicit trust
};
constexpr auto words(PromptKind) { return std::to_array<std::string_view>({"ask", "warn"}); }

/// How the client's prompts are read.
enum class Screen {
    pipe,     // a pipe is enough
    pty,      // it wants a terminal
    rendered  // it paints one, and the text has to be rendered before it can be matched
};
constexpr auto words(Screen) { return std::to_array<std::string_view>({"pipe", "pty", "rendered"}); }

/// Asks `fields` for `screen`, `prompts`, `say`, `pins` and `forget`, and reports what is not of the format.
/// The `exec` driver asks no questions and reads no screen: there the first three are not supported.
void check_held(yaml::Fields& fields, Driver driver, Problems& problems);

}  // namespace guise::clients
