// HTTP messages as values, without their framing.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guise::service {

/// One whole request of a client.
struct Request {
    std::string method;
    std::string target;                                        // as it came, with its query
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;                                          // without the framing of its transfer
    bool http_1_0 = false;
    bool keep_alive = true;  // the client would send another one

    /// The target without its query.
    [[nodiscard]] std::string_view path() const {
        return std::string_view(target).substr(0, target.find_first_of("?#"));
    }
    /// The first header of this name (lower case), or nothing.
    [[nodiscard]] std::string_view header(std::string_view name) const {
        for (const auto& [key, value] : headers)
            if (key == name) return value;
        return {};
    }
};

/// What to say to a request.
struct Answer {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;  // besides those of the framing
    std::string type;                                          // of the body; empty where there is none
    std::string body;
    bool close = false;  // the last one of this connection
};

}  // namespace guise::service
