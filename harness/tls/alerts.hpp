// What an alert means for its connection.
#pragma once

#include <cstdint>

namespace guise::tls {

/// Whether an alert of this description is an error, which ends the connection (RFC 8446 section 6: all are,
/// whatever their level says, but close_notify, user_canceled and, a warning of TLS 1.2, no_renegotiation).
[[nodiscard]] bool is_error_alert(std::uint8_t description);

}  // namespace guise::tls
