// What a case asks of one instance of a client, and what it calls the servers.
#pragma once

#include "clients/needs.hpp"
#include "scenario/scenario.hpp"

#include <string>

namespace guise::run {

/// What a scenario asks of a client that starts in `mode`.
[[nodiscard]] clients::Needs needs_of(const scenario::Scenario& scenario, const std::string& mode);

/// The label of the server that is meant: `main`, what the scenario calls it, or host and port.
[[nodiscard]] std::string server_label(const scenario::At& at);

}  // namespace guise::run
