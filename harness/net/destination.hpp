// Where a client of one connection wants to go, as far as it has said.
#pragma once

#include "net/proxy_handshake.hpp"
#include "tls/presentation.hpp"
#include "tls/transcript.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace guise::net {

/// The requests of the connections that a proxy has led to listeners, by the address that a listener sees as
/// that of its peer. A proxy writes it, the listeners read it.
///
/// Threads: those of the proxy and of the listeners, which is one.
using ProxyRequests = std::map<boost::asio::ip::tcp::endpoint, ProxyRequest>;

/// All that is known of where a client wants to go once its ClientHello has been read.
struct Destination {
    tls::ClientHello hello;             // with its SNI and its ALPN protocols
    boost::asio::ip::tcp::endpoint at;  // address and port that the client connected to, or the proxy for it
    std::size_t layer = 0;              // 0: the first TLS of the connection, 1: the TLS inside that
    std::optional<ProxyRequest> proxy;  // what it asked the proxy for; none: it came without one
    std::string listener;               // the label of the listener that accepted it
};

/// Chooses what to show. Null: nothing is shown, the client gets unrecognized_name (112). It is called inside
/// the handshake and must not throw.
using Choose = std::function<std::shared_ptr<const tls::Presentation>(const Destination&)>;

}  // namespace guise::net
