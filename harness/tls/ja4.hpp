// JA4: one short text for all ClientHellos that are alike, so that two clients can be distinguished and one
// recognised.
#pragma once

#include "tls/transcript.hpp"

#include <string>

namespace guise::tls {

/// The JA4 fingerprint of a ClientHello over TCP, `t13d1516h2_8daaf6152771_e5627efa2ab1` (FoxIO, JA4
/// technical details).
[[nodiscard]] std::string ja4(const ClientHello& hello);

}  // namespace guise::tls
