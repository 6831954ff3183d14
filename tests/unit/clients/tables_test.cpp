#include "clients/tables.hpp"

#include "clients/client_files.hpp"
#include "clients/exec_driver.hpp"
#include "clients/rpc/rpc_driver.hpp"
#include "clients/terminal/terminal_driver.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <fstream>
#include <set>

namespace guise::clients::tables_test {
namespace {

template <class Made>
bool makes(const char* name, Adapter* adapter = nullptr) {
    const DriverType* type = named(built_in_tables().drivers, name);
    REQUIRE(type);
    CHECK(type->not_supported.empty());
    CHECK(type->adapter == (adapter != nullptr));
    const Client client;
    const auto driver = type->make(client, adapter);
    return dynamic_cast<Made*>(driver.get()) != nullptr;
}

}  // namespace

TEST_CASE("each driver of the table is made by its entry", "[tables]") {
    CHECK(makes<ExecDriver>("exec"));
    CHECK(makes<TerminalDriver>("terminal"));
    boost::asio::io_context io;
    process::Launch launch;
    launch.argv = {"true"};
    Adapter adapter(io.get_executor(), launch, "1.0");
    CHECK(makes<RpcDriver>("rpc", &adapter));
    CHECK_FALSE(named(built_in_tables().drivers, "guided")->not_supported.empty());
}

TEST_CASE("no two entries of a table have one name, and each default routing is in the table", "[tables]") {
    std::set<std::string> drivers;
    std::set<std::string> routings;
    for (const Routing& each : built_in_tables().routings) CHECK(routings.insert(each.name).second);
    for (const DriverType& each : built_in_tables().drivers) {
        CHECK(drivers.insert(each.name).second);
        CHECK(routings.contains(each.routing));
    }
}

TEST_CASE("a client file may name what the tables hold, and nothing else", "[tables]") {
    Tables tables = built_in_tables();
    tables.drivers.push_back({.name = "by-hand", .routing = "by-hand"});
    tables.routings.push_back({.name = "by-hand"});
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "demo.yaml";
    std::ofstream(file) << with("driver", "by-hand");
    const auto client = load_client(file, tables.vocabulary());
    REQUIRE(client.has_value());
    CHECK(client->driver == "by-hand");
    CHECK(client->routing == std::vector<std::string>{"by-hand"});
    CHECK_THAT(load_client(file, built_in_tables().vocabulary()).error().text(),
               Catch::Contains("expected one of exec, terminal, rpc, guided, found 'by-hand'"));
}

}  // namespace guise::clients::tables_test
