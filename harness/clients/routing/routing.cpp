#include "clients/routing/routing.hpp"

#include <fmt/format.h>

namespace guise::clients {

Result<const Routing*> choose_routing(const Client& client, const std::vector<Routing>& routings) {
    std::string reasons;
    for (const std::string& name : client.routing) {
        const Routing* routing = named(routings, name);
        const std::string why_not = !routing           ? fmt::format("there is no routing '{}'", name)
                                    : routing->why_not ? routing->why_not()
                                                       : std::string();
        if (why_not.empty()) return routing;
        reasons += (reasons.empty() ? "" : "; ") + why_not;
    }
    return Problem{{client.file.string(), 0, 0}, "a way to the server that works here", reasons};
}

}  // namespace guise::clients
