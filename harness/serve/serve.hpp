// `guise serve` of many scenarios, until it is stopped.
#pragma once

#include "serve/served_scenarios.hpp"

namespace guise::serve {

/// Serves until SIGINT or SIGTERM. `on_ready` is called once all ports are open. Problems: what could not be
/// opened.
[[nodiscard]] Problems serve(server::ChainProvider& provider,
                             const std::vector<const scenario::Scenario*>& scenarios,
                             const ServedScenarios::Options& options,
                             const std::function<void(const ServedScenarios&)>& on_ready,
                             OnConnection on_connection);

}  // namespace guise::serve
