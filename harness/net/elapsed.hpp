// The clock of one connection.
#pragma once

#include "tls/transport.hpp"

#include <chrono>

namespace guise::net {

/// The time that has passed since `start`.
[[nodiscard]] inline tls::Elapsed since(std::chrono::steady_clock::time_point start) {
    return [start] {
        return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                                     start);
    };
}

}  // namespace guise::net
