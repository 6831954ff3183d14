// Finds the end of an HTTP request and has the answer to it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace guise::net {

/// Reads one HTTP/1.x request from decrypted bytes, in any cut, and answers it once.
///
/// What is no HTTP, and a request with a header above 64 KiB or a body above 1 MiB, is never answered.
class HttpAnswer final {
 public:
    HttpAnswer();
    ~HttpAnswer();
    HttpAnswer(const HttpAnswer&) = delete;
    HttpAnswer& operator=(const HttpAnswer&) = delete;

    /// Takes the next bytes. Returns the answer when they complete the request, otherwise nothing.
    [[nodiscard]] std::optional<std::string> receive(std::string_view bytes);

 private:
    struct State;
    std::unique_ptr<State> state_;  // null once the request was answered, or is none
};

}  // namespace guise::net
