// Certificates for a reader, and for a program.
#pragma once

#include "pki/inspect.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace guise::cli {

/// Whether a chain leads to a root that somebody trusts.
struct Trust {
    std::string store;    // whose roots: the path of a file
    std::string why_not;  // empty: trusted
};

/// Signer and whether it is trusted, names, validity with the days that are left at `now`, fingerprints; then
/// the rest of the chain, shorter.
[[nodiscard]] std::string chain_text(const std::vector<pki::CertificateFacts>& chain, const Trust& trust,
                                     std::chrono::sys_seconds now);

/// The same as a JSON array, leaf first; the leaf says whether it is trusted.
[[nodiscard]] std::string chain_json(const std::vector<pki::CertificateFacts>& chain, const Trust& trust,
                                     std::chrono::sys_seconds now);

}  // namespace guise::cli
