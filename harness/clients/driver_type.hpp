// A kind of driver: how to make one, and what it declares. The table of them is in clients/tables.cpp; the
// rest of the program asks the entries.
#pragma once

#include "clients/driver.hpp"
#include "clients/file/client.hpp"
#include "clients/needs.hpp"

#include <functional>
#include <memory>
#include <string>

namespace guise::clients {

class Adapter;

/// One kind of driver.
struct DriverType {
    std::string name;
    std::string routing = "localhost";  // of a client file that names none
    bool screen = false;                // reads the keys `screen`, `prompts` and `say`
    bool adapter = false;            // speaks to an adapter, which is started once and serves case after case
    std::string not_supported = {};  // why this version cannot run it; empty where it can

    /// Why a client of this driver cannot do what a scenario needs, as the end of a sentence; empty where it
    /// can. What an adapter can do it says itself, once it has been started.
    std::function<std::string(const Client& client, const Needs& needs)> lacks = {};
    /// A driver for one client instance in one case. Null `adapter` for drivers without one.
    ///
    /// Lifetime: client and adapter outlive it.
    std::function<std::unique_ptr<Driver>(const Client& client, Adapter* adapter)> make = {};
};

}  // namespace guise::clients
