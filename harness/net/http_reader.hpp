// Finds whole HTTP requests in a stream of bytes.
#pragma once

#include "service/http_message.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace guise::net {

/// Reads HTTP/1.x requests from bytes in any cut.
///
/// What is no HTTP, and a request beyond a limit, ends the reading: a head above 64 KiB or with more than 256
/// fields, a body above 1 MiB, the line of a chunk above 64 KiB.
class HttpReader final {
 public:
    HttpReader();
    ~HttpReader();
    HttpReader(const HttpReader&) = delete;
    HttpReader& operator=(const HttpReader&) = delete;

    /// Takes the next bytes.
    void receive(std::string_view bytes);
    /// The next request that is whole; nothing until more bytes come, or for ever.
    [[nodiscard]] std::optional<service::Request> next();
    /// All that has come were whole requests, and all of them have been given out.
    [[nodiscard]] bool between_requests() const;

 private:
    struct State;
    std::unique_ptr<State> state_;  // null once what came is no HTTP
};

/// The text of an answer, which says whether the connection stays.
[[nodiscard]] std::string to_text(const service::Answer& answer, const service::Request& request);

}  // namespace guise::net
