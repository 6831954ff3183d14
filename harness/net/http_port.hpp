// A port on loopback where plain HTTP is answered by a function.
#pragma once

#include "net/listener.hpp"
#include "service/http_message.hpp"

#include <functional>
#include <memory>
#include <string>

namespace guise::net {

/// Answers whole HTTP/1.x requests, and nothing else.
///
/// Lifetime and threads: as those of `Listener`.
class HttpPort final {
 public:
    using Respond = std::function<service::Answer(const service::Request&)>;

    /// Binds and listens on any free port of `address` (numeric). Errors: what cannot be bound, and why.
    static Result<std::unique_ptr<HttpPort>> open(const boost::asio::any_io_executor& executor,
                                                  Respond respond, const std::string& address = "127.0.0.1");

    /// Address and port as a URL has them: `127.0.0.1:8080`, `[::1]:8080`.
    [[nodiscard]] std::string authority() const;
    /// Whether a request is on its way: a client that has ended may have left one in the kernel.
    [[nodiscard]] bool busy() const noexcept;

 private:
    HttpPort() = default;

    std::string address_;
    std::unique_ptr<Listener> listener_;
};

}  // namespace guise::net
