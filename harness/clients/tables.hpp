// The drivers and the routings that there are. A new one is a folder of its own and one entry here.
#pragma once

#include "clients/driver_type.hpp"
#include "clients/routing/routing.hpp"

#include <vector>

namespace guise::clients {

/// Lifetime: participants and places point into the tables.
struct Tables {
    std::vector<DriverType> drivers;
    std::vector<Routing> routings;

    /// What a client file may name with these.
    [[nodiscard]] Vocabulary vocabulary() const;
};

/// Those of this program. Threads: any.
[[nodiscard]] const Tables& built_in_tables();

}  // namespace guise::clients
