// What a client asks a proxy for, and what the proxy answers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace guise::net {

/// The protocol in which a proxy is asked.
enum class ProxyKind {
    http,  // HTTP/1.x, CONNECT only
    socks  // SOCKS5 (RFC 1928) without authentication, CONNECT only
};

/// What a client asked a proxy for.
struct ProxyRequest {
    ProxyKind kind = ProxyKind::http;
    std::string host;  // a name or an address, without brackets, as the client wrote it
    std::uint16_t port = 0;
};

/// The proxy's side of one request, without a socket.
///
/// A head of HTTP/1.x has at most 16 KiB; what is longer, or is no request, is refused as soon as that is
/// clear.
class ProxyHandshake final {
 public:
    struct Step {
        enum class State { unfinished, connect, refused } state = State::unfinished;
        std::string reply{};     // to be sent now; unfinished without one: the client speaks next
        ProxyRequest request{};  // with `connect`
    };

    explicit ProxyHandshake(ProxyKind kind) : kind_(kind) {}

    /// Bytes from the client, in any cut.
    void receive(std::string_view bytes) {
        in_ += bytes;
        said_ += bytes;
    }
    /// What follows from what has come since the last step.
    [[nodiscard]] Step next();
    /// What has come after the request: some clients do not wait for the answer.
    [[nodiscard]] std::string take_rest();

    /// All that has come, the rest too.
    [[nodiscard]] const std::string& said() const noexcept { return said_; }

    /// The answer to a request that is granted.
    [[nodiscard]] std::string granted() const;
    /// The answer to a request for what cannot be reached.
    [[nodiscard]] std::string unreachable() const;

 private:
    ProxyKind kind_;
    std::string in_;  // received, and not understood yet
    std::string said_;
    bool greeted_ = false;  // SOCKS: the methods have been agreed on
};

}  // namespace guise::net
