// Gives a presentation to a BoringSSL connection.
#pragma once

#include "tls/leaf_swap.hpp"
#include "tls/presentation.hpp"

#include <openssl/ssl.h>

#include <string>

namespace guise::tls {

/// Sets chain, key, versions and staple. To be called inside the callback that selects a certificate.
/// Returns what kept it from that; empty when all went well.
///
/// Lifetime: BoringSSL reads the bytes of `presentation` and of `leaf` until `ssl` is gone; both must outlive
/// it.
[[nodiscard]] std::string install(SSL& ssl, const Presentation& presentation, LeafSwap& leaf);

}  // namespace guise::tls
