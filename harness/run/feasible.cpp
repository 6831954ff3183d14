#include "run/feasible.hpp"

#include "pki/plan.hpp"
#include "run/instance.hpp"
#include "server/names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::run {

namespace {

using clients::Routing;
using scenario::Connect;
using scenario::Scenario;

bool about_names(const scenario::Scenario& scenario, const pki::Library& library) {
    if (scenario.area() == "names") return true;
    for (const scenario::Visit& visit : scenario.visits)
        if (const auto* connect = std::get_if<Connect>(&visit.action))
            for (const pki::DefectUse& use : connect->present.defects) {
                const auto& faults = library.defects.at(use.name).faults;
                if (faults.contains(Fault::wrong_name) || faults.contains(Fault::name_constraint))
                    return true;
            }
    return false;
}

// Whether a visit asks for something.
template <class Asks>
bool any_visit(const Scenario& scenario, Asks asks) {
    return std::any_of(scenario.visits.begin(), scenario.visits.end(), [&](const scenario::Visit& visit) {
        const auto* connect = std::get_if<Connect>(&visit.action);
        return connect && asks(*connect);
    });
}

// A mode that the scenario needs besides the one in which it starts.
std::string missing_mode(const Scenario& scenario, const clients::Client& client) {
    for (const auto& [label, mode] : scenario.clients)
        if (!client.modes.contains(mode)) return mode;
    for (const scenario::Visit& visit : scenario.visits)
        if (const auto* set = std::get_if<scenario::SetMode>(&visit.action))
            if (!client.modes.contains(set->mode)) return set->mode;
    return {};
}

std::string machine_lacks(const Scenario& scenario) {
    if (scenario.host == pki::HostKind::ipv6 && !server::has_ipv6())
        return "it visits [::1], and this machine has no IPv6 on its loopback interface";
    return {};
}

// What the routing cannot do for it.
std::string routing_lacks(const Scenario& scenario, const Routing& routing, const pki::Library& library) {
    const bool by_name = scenario.host == pki::HostKind::name;
    if (by_name && !routing.names && about_names(scenario, library))
        return "it is about names, and the client reaches only localhost here";
    if (!routing.hosts && any_visit(scenario, [](const Connect& each) { return each.at.host != "main"; }))
        return "it visits several hosts, and the client reaches one";
    if (!routing.ports && any_visit(scenario, [](const Connect& each) { return each.at.port != "main"; }))
        return "it visits several ports, and the client's proxy leads to one";
    return {};
}

}  // namespace

std::string not_supported(const Scenario& scenario, const Participant& who) {
    if (who.driver && !who.driver->not_supported.empty()) return who.driver->not_supported;
    if (any_visit(scenario, [](const Connect& each) { return !each.starttls.empty(); }))
        return "'starttls' in a visit is not supported yet";
    return {};
}

std::string not_applicable(const Scenario& scenario, const Participant& who, const pki::Library& library) {
    if (const std::string mode = missing_mode(scenario, who.client); !mode.empty())
        return fmt::format("the client has no mode '{}'", mode);
    if (who.profile.public_requests.empty() &&
        any_visit(scenario, [](const Connect& each) { return each.swap.has_value(); }))
        return "the client logs in on its first connection: there is nothing to swap before";
    if (std::string limit = machine_lacks(scenario); !limit.empty()) return limit;
    if (who.routing)
        if (std::string limit = routing_lacks(scenario, *who.routing, library); !limit.empty()) return limit;
    if (!who.driver || !who.driver->lacks) return {};
    return who.driver->lacks(who.client, needs_of(scenario, "default"));
}

// Only the plan knows what a parameter makes of a defect, and few defects need one for this.
bool stalls(const scenario::Scenario& scenario, const pki::Library& library) {
    return any_visit(scenario, [&](const Connect& connect) {
        const auto of_handshake = [&](const pki::DefectUse& use) {
            const auto known = library.defects.find(use.name);
            return known != library.defects.end() && known->second.handshake;
        };
        if (std::ranges::none_of(connect.present.defects, of_handshake)) return false;
        const auto plan = pki::make_plan(library, connect.present);
        return plan.has_value() && plan->mutation.kind == tls::MutationKind::stall;
    });
}

}  // namespace guise::run
