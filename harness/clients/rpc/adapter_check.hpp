// A fake suite that plays the whole protocol against an adapter and says what is wrong with it.
//
// No TLS server takes part: where the client would need one, it is sent to a port where no one listens, and
// to one that does not answer.
#pragma once

#include "clients/rpc/adapter.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace guise::clients {

/// One thing that was tried.
struct CheckLine {
    bool ok = false;
    std::string what;      // that was looked at
    std::string sent;      // the request
    std::string came;      // the answer, or what happened in its place
    std::string expected;  // where it is not ok
};

/// What the fake suite says of itself, and how long it waits.
struct CheckSettings {
    std::string suite_version{};
    std::string folder{};  // for the state folders of the client; exists
    AdapterPatience patience{std::chrono::seconds(15), std::chrono::seconds(10), std::chrono::seconds(2),
                             std::chrono::seconds(5), std::chrono::seconds(5)};
};

/// Starts the adapter and tries it. Ends at the first line after which the adapter is dead.
[[nodiscard]] std::vector<CheckLine> check_adapter(const process::Launch& launch,
                                                   const CheckSettings& settings);

/// Whether all of it is ok.
[[nodiscard]] bool all_ok(const std::vector<CheckLine>& lines);

/// The lines for a reader: what was sent, what came and what is expected stand below what is wrong.
[[nodiscard]] std::string check_text(const std::vector<CheckLine>& lines);

}  // namespace guise::clients
