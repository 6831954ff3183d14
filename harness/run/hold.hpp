// Holds one scenario for a person: Enter moves to the next visit, on the same address.
#pragma once

#include "base/problem.hpp"
#include "run/stand.hpp"

#include <functional>

namespace guise::run {

/// Whom it tells.
struct HoldListener {
    /// A visit is shown from now on; the first too. Problems end it all.
    std::function<Problems(Stand&)> on_visit;
    std::function<void(const Stand&, const tls::Transcript&)> on_connection;
    std::function<void(const std::string& path)> on_fetch = {};  // see `Publisher::OnFetch`; may be empty
};

/// Serves until SIGINT or SIGTERM. Each line on `input` shows the next visit; after the last comes the first
/// again. The end of `input` changes nothing. Problems: what cannot be listened on,
/// and those of the listener.
[[nodiscard]] Problems hold(Workshop& workshop, const scenario::Scenario& scenario,
                            const Stand::Options& options, int input, const HoldListener& listener);

}  // namespace guise::run
