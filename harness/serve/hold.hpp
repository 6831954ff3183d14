// Holds one scenario for a person: Enter moves to the next visit, on the same address.
#pragma once

#include "base/problem.hpp"
#include "serve/held_scenario.hpp"

#include <functional>

namespace guise::serve {

/// What is called as things happen.
struct HoldListener {
    /// A visit is shown from now on; the first too. Problems end it all.
    std::function<Problems(HeldScenario&)> on_visit;
    std::function<void(const HeldScenario&, const tls::Transcript&)> on_connection;
    std::function<void(const std::string& path)> on_fetch =
        {};  // see `server::Publisher::OnFetch`; may be empty
};

/// Serves until SIGINT or SIGTERM. Each line on `input` shows the next visit; after the last comes the first
/// again. The end of `input` changes nothing. Problems: what cannot be listened on,
/// and those of the listener.
[[nodiscard]] Problems hold(server::ChainProvider& provider, const scenario::Scenario& scenario,
                            const HeldScenario::Options& options, int input, const HoldListener& listener);

}  // namespace guise::serve
