// One instance of a client in a case: its driver, its mode, its home.
#pragma once

#include "clients/driver.hpp"
#include "clients/rpc/adapter.hpp"
#include "run/participants.hpp"

#include <memory>
#include <string>

namespace guise::run {

/// The driver of a client file. `adapter` is what the driver `rpc` speaks to; null for the others.
[[nodiscard]] std::unique_ptr<clients::Driver> make_driver(const Participant& who, clients::Adapter* adapter);

/// What a scenario asks of an adapter, if the client starts in `mode`.
[[nodiscard]] clients::Needs needs_of(const scenario::Scenario& scenario, const std::string& mode);

/// The label of the server that is meant: `main`, what the scenario calls it, or host and port.
[[nodiscard]] std::string server_label(const scenario::At& at);

}  // namespace guise::run
