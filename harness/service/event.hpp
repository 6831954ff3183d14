// An event that a client or its system has reported.
#pragma once

#include "service/http_message.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guise::service {

struct Event {
    std::string token;   // whose it is: the part of the address that says so; empty for a line of a log
    std::string name;    // empty where it names none
    std::string server;  // host, or host:port
    std::vector<std::string> faults;
    std::string text;                          // as it came
    std::chrono::steady_clock::time_point at;  // when it came, as far as the reader knows
};

/// The event in a request to `/events/TOKEN`, or nothing for another address. The fields `name` (or `event`),
/// `server` and `faults` come from the query, or from a body that is a JSON object or a form; `faults` is a
/// list, or words between commas. Any other body is free text.
[[nodiscard]] std::optional<Event> event_of(const Request& request);

/// Words between commas, blanks around them left out.
[[nodiscard]] std::vector<std::string> words_of(std::string_view list);

}  // namespace guise::service
