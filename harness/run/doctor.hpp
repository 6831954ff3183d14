// What a run needs of this machine, and what of it is there.
#pragma once

#include "inputs/run_inputs.hpp"

#include <string>
#include <vector>

namespace guise::run {

/// One thing that was looked at.
struct Finding {
    enum class State {
        ok,
        missing,
        optional
    } state = State::ok;  // optional: a run works without it, with less
    std::string what;
    std::string found;
    std::string help;  // how to get it; empty where there is nothing to get
};

/// Looks at the data, the loopback address, the clients, the ways of routing, and the folders that are
/// written.
[[nodiscard]] std::vector<Finding> examine(const inputs::RunInputs& inputs);

}  // namespace guise::run
