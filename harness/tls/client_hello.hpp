// Reads what a client offers from its ClientHello.
#pragma once

#include "base/bytes.hpp"
#include "tls/transcript.hpp"

#include <optional>

namespace guise::tls {

/// The facts of a ClientHello, from the message's body: what follows the four bytes of type and length.
/// Nothing where the message, or an extension that is read here, is not what its RFC says.
[[nodiscard]] std::optional<ClientHello> parse_client_hello(ByteView body);

}  // namespace guise::tls
