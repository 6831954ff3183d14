// How a client finds the server of a case: what each routing needs, can do and changes. The table of them is
// in clients/tables.cpp; the rest of the program asks the entries.
#pragma once

#include "clients/file/client.hpp"
#include "clients/visit_place.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace guise::clients {

/// The proxy of the case that leads a client to the server.
enum class RoutingProxy { none, http, socks };

/// One routing. Functions may be empty: the routing then changes nothing there.
struct Routing {
    std::string name;
    /// Why it cannot be used on this machine; empty where it can. May take seconds the first time.
    std::function<std::string()> why_not = {};

    // What it can do for a case.
    bool names = true;  // leads to the server by whatever host name; else the host is `localhost`
    bool hosts = true;  // leads to several hosts in one case
    bool ports = true;  // leads to several ports in one case
    bool literals =
        true;  // leads to the server also where the host is an IP address that is not the server's
    RoutingProxy proxy = RoutingProxy::none;  // that the case has to open
    std::vector<Placeholder> placeholders = {};

    // What it changes in how the client is started.
    std::function<void(const VisitPlace&, std::map<std::string, std::string>& env)> environment = {};
    std::function<std::vector<std::string>(const VisitPlace&, std::vector<std::string> argv)> wrap = {};
    /// Files below the home: path -> text.
    std::function<std::map<std::string, std::string>(const VisitPlace&)> files = {};
};

/// The first routing of the client's file that can be used here. Errors: none can; one problem says why for
/// each.
///
/// Lifetime: points into `routings`.
[[nodiscard]] Result<const Routing*> choose_routing(const Client& client,
                                                    const std::vector<Routing>& routings);

}  // namespace guise::clients
