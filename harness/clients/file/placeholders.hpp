// The `{name}` places of a client file, filled anew for every visit.
#pragma once

#include "base/words.hpp"
#include "base/yaml.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace guise::clients {

/// What a client file can ask for.
enum class Placeholder {
    deadline,  // whole seconds after which the client should give up by itself
    address,   // where the server listens; an IPv6 address in brackets
    port,
    host,     // the name under which the client knows the server
    url,      // the service's URL with host and port
    trust,    // a PEM file with the roots to trust
    canary,   // the secret of the visit
    mode,     // as a whole argument of `run`: the mode's `add`; anywhere else: the mode's name
    state,    // where the client keeps what it remembers
    home,     // its fresh home directory
    here,     // the directory of the client file
    user,     // a user name, for services that want one
    proxy,    // ADDRESS:PORT of the proxy that leads to the server
    events,   // the URL to which an event of the visit may be posted
    identity  // a PEM file with a key and a certificate of the client's own, made for the run
};
constexpr auto words(Placeholder) {
    return std::to_array<std::string_view>({"deadline", "address", "port", "host", "url", "trust", "canary",
                                            "mode", "state", "home", "here", "user", "proxy", "events",
                                            "identity"});
}

/// The names in braces in `text`, known or not, in order. Braces around anything but a word are just text.
[[nodiscard]] std::vector<std::string> names_in(std::string_view text);

/// `text` with every known placeholder replaced; what was filled in is not looked at again.
[[nodiscard]] std::string fill(std::string_view text,
                               const std::function<std::string(Placeholder)>& value_of);

/// Whether a scalar at or below `value` asks for it.
[[nodiscard]] bool mentions(const yaml::Value& value, Placeholder name);

/// Reports each unknown placeholder in the scalars at and below `value`; a map's keys are not looked at.
void check_placeholders(const yaml::Value& value, Problems& problems);

}  // namespace guise::clients
