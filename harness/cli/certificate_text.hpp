// Certificates for a reader, and for a program.
#pragma once

#include "pki/inspect.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace guise::cli {

/// Signer, names, validity with the days that are left at `now`, fingerprints; then the rest of the chain,
/// shorter.
[[nodiscard]] std::string chain_text(const std::vector<pki::CertificateFacts>& chain,
                                     std::chrono::sys_seconds now);

/// The same as a JSON array, leaf first.
[[nodiscard]] std::string chain_json(const std::vector<pki::CertificateFacts>& chain,
                                     std::chrono::sys_seconds now);

}  // namespace guise::cli
