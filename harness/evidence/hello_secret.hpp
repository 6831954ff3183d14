// The canary in a ClientHello: there it is in clear, before any certificate was shown.
#pragma once

#include "tls/transcript.hpp"

#include <string>
#include <vector>

namespace guise::evidence {

/// Looks for the canary in each ClientHello (its server name, its session id, any extension), and says in
/// `hello_secret` how it was found.
void look_into_hellos(std::vector<tls::Transcript>& connections, const std::string& canary);

}  // namespace guise::evidence
