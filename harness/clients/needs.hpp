// What a scenario asks of a client, in words that drivers and adapters understand.
#pragma once

#include <string>

namespace guise::clients {

/// What one scenario needs of a client.
struct Needs {
    std::string mode{};  // empty: any
    bool restart = false;
    bool mode_set = false;
    bool forget = false;
    bool forget_one = false;  // of several servers
    bool clock = false;
    bool instances = false;
    bool resumption = false;
    bool connections = false;       // several at a time
    bool kept_connections = false;  // one that outlives a visit
    bool once = false;
};

}  // namespace guise::clients
