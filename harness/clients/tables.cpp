#include "clients/tables.hpp"

#include "clients/exec_driver.hpp"
#include "clients/routing/hosts_file.hpp"
#include "clients/routing/nss_wrapper.hpp"
#include "clients/routing/proxy.hpp"
#include "clients/rpc/rpc_driver.hpp"
#include "clients/terminal/terminal_driver.hpp"

namespace guise::clients {

Vocabulary Tables::vocabulary() const {
    Vocabulary out;
    for (const DriverType& driver : drivers)
        out.drivers.push_back({driver.name, driver.routing, driver.screen});
    for (const Routing& routing : routings) out.routings.push_back({routing.name, routing.placeholders});
    return out;
}

const Tables& built_in_tables() {
    static const Tables tables{
        .drivers = {exec_driver_type(),
                    terminal_driver_type(),
                    rpc_driver_type(),
                    {.name = "guided",
                     .screen = true,
                     .not_supported = "the driver guided is not supported yet"}},
        .routings = {{.name = "option"},  // an option of the client's own takes the address
                     nss_wrapper_routing(),
                     hosts_file_routing(),
                     http_proxy_routing(),
                     socks_proxy_routing(),
                     {.name = "rpc"},  // the adapter gets the address
                     {.name = "localhost", .names = false, .hosts = false}}};
    return tables;
}

}  // namespace guise::clients
