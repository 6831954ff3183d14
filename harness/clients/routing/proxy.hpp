// The routings `http-proxy` and `socks-proxy`: a proxy of the case, named in the variables that programs
// read.
#pragma once

#include "clients/routing/routing.hpp"

namespace guise::clients {

/// ADDRESS:PORT of the case's proxy.
[[nodiscard]] std::string proxy_address(const VisitPlace& place);

/// By CONNECT.
[[nodiscard]] Routing http_proxy_routing();
/// By SOCKS5; the proxy resolves the name.
[[nodiscard]] Routing socks_proxy_routing();

}  // namespace guise::clients
