// Whether a chain leads to a trust anchor, as BoringSSL's path validation sees it (RFC 5280 section 6).
#pragma once

#include "base/bytes.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace guise::pki {

/// Empty where the first certificate of `chain` leads to one of `anchors` at `now`; else why not, in the
/// library's words. Names are not looked at. What cannot be read is no anchor and no issuer.
[[nodiscard]] std::string why_untrusted(const std::vector<Bytes>& chain, const std::vector<Bytes>& anchors,
                                        std::chrono::sys_seconds now);

}  // namespace guise::pki
