// A pseudo-terminal: for clients that work only interactively.
#pragma once

#include "process/descriptor.hpp"

#include <optional>
#include <string>

namespace guise::process {

/// Our end, non-blocking, and the path of the other. What the program writes comes as it is, without carriage
/// returns added, and what is typed is not echoed; the program may change that.
struct Pty {
    Descriptor master;
    std::string path;
};

/// Nothing where there is none to be had; errno says why.
[[nodiscard]] std::optional<Pty> open_pty();

}  // namespace guise::process
