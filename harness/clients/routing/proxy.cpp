#include "clients/routing/proxy.hpp"

#include "base/ascii.hpp"

namespace guise::clients {
namespace {

using Environment = std::map<std::string, std::string>;

Routing by_proxy(std::string name, RoutingProxy proxy) {
    Routing out{.name = std::move(name), .hosts = false, .ports = false, .proxy = proxy};
    out.placeholders = {Placeholder::proxy};
    return out;
}

}  // namespace

std::string proxy_address(const VisitPlace& place) {
    return in_url(place.address) + ":" + std::to_string(place.proxy_port);
}

// The variables that programs look at, in the spellings that they do.
Routing http_proxy_routing() {
    Routing out = by_proxy("http-proxy", RoutingProxy::http);
    out.environment = [](const VisitPlace& place, Environment& env) {
        for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY"})
            env[name] = "http://" + proxy_address(place);
        env["NO_PROXY"] = "";
    };
    return out;
}

Routing socks_proxy_routing() {
    Routing out = by_proxy("socks-proxy", RoutingProxy::socks);
    out.environment = [](const VisitPlace& place, Environment& env) {
        for (const char* name : {"all_proxy", "ALL_PROXY"}) env[name] = "socks5h://" + proxy_address(place);
        env["NO_PROXY"] = "";
    };
    return out;
}

}  // namespace guise::clients
