// Acknowledges what comes at once.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include <netinet/tcp.h>
#include <sys/socket.h>

namespace guise::net {

/// For the next read: the kernel leaves this mode by itself, so it is asked for before each. Without it some
/// clients take five to eight times as long.
inline void acknowledge_at_once(boost::asio::ip::tcp::socket& socket) {
    const int on = 1;
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

}  // namespace guise::net
