// What is known of one visit: what crossed the wire, then how the client's process went.
#pragma once

#include "clients/process.hpp"
#include "tls/transcript.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace guise::judge {

/// The evidence of one visit. Plain values, so that a verdict can be made again from a file.
struct VisitEvidence {
    std::vector<tls::Transcript> connections;  // in the order of their ends
    clients::ProcessRecord process;
    std::string canary;                      // the secret that the client was given for this visit
    std::chrono::seconds client_deadline{};  // the patience that the client was told to have
    bool adapter = false;                    // a command line written for us: exit 89 means unsupported
};

}  // namespace guise::judge
