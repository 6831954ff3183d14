// What an adapter declares that its client can do.
#pragma once

#include "clients/needs.hpp"
#include "clients/rpc/rpc_message.hpp"

#include <string>
#include <vector>

namespace guise::clients {

/// What `initialize` answered. What is not declared is not asked.
struct Capabilities {
    std::vector<std::string> modes;
    std::vector<std::string> prompts;  // of ask, warn, error
    bool events = false;
    bool pins = false;
    bool forget = false;
    bool restart = false;
    bool mode_set = false;
    bool clock = false;
    bool instances = false;
    bool resumption = false;
    bool connections = false;
    bool once = false;
    bool identity = false;
};

/// Reads the `capabilities` of an answer. Returns what is wrong with them, as the end of a sentence; empty:
/// nothing. Unknown members are passed over.
[[nodiscard]] std::string read_capabilities(const json& value, Capabilities& out);

/// The first capability that is needed and not declared; empty: none.
[[nodiscard]] std::string lacking(const Capabilities& has, const Needs& needs);

/// Whether a capability of this name is declared; `modes` and `prompts` are where they name any.
[[nodiscard]] bool declares(const Capabilities& has, const std::string& name);

}  // namespace guise::clients
