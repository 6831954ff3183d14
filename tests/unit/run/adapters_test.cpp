#include "run/adapters.hpp"

#include "run/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::run::adapters_test {

using namespace guise::server;
using namespace guise::inputs;
namespace asio = boost::asio;

namespace {

const std::string plain = "/usr/bin/python3 -B " GUISE_SOURCE_DIR "/tests/system/adapters/plain.py";

// The adapters of a client that is a script for sh.
struct Place {
    TemporaryFolder folder;
    asio::io_context io{1};
    Participant who;
    Patience patience;
    Adapters adapters{io.get_executor(), who, folder.path() / "homes", patience};

    explicit Place(const std::string& script) {
        who.client.name = "demo";
        who.client.file = folder.path() / "demo.yaml";
        kit::drive_by(who, "rpc");
        who.client.modes["strict"] = {};
        who.client.run = {"sh", "-c", script};
    }
    std::string run(asio::awaitable<std::string> work) { return kit::run_until_done(io, std::move(work)); }
    // How many have been started.
    int started() const {
        int out = 0;
        while (kit::fs::exists(folder.path() / "homes" / ("adapter-" + std::to_string(out + 1)))) ++out;
        return out;
    }
};

// Takes an adapter and gives it back.
asio::awaitable<std::string> borrow(Adapters& adapters) {
    const Adapters::Lease lease = co_await adapters.take();
    co_return lease.trouble;
}

asio::awaitable<std::string> borrow_two(Adapters& adapters) {
    const Adapters::Lease first = co_await adapters.take();
    const Adapters::Lease second = co_await adapters.take();
    co_return first.trouble + second.trouble;
}

asio::awaitable<std::string> borrow_and_break(Adapters& adapters) {
    const Adapters::Lease lease = co_await adapters.take();
    std::string method = "no.such.method";
    clients::json params = clients::json::object();
    const std::string trouble = co_await lease.adapter->ask(std::move(method), std::move(params));
    co_return trouble;
}

asio::awaitable<std::string> declared(Adapters& adapters) {
    const Adapters::Lease lease = co_await adapters.take();
    co_return lease.adapter->client_name() + (lease.adapter->capabilities().pins ? " pins" : "");
}

asio::awaitable<std::string> patience_for_its_start(Adapters& adapters) {
    const Adapters::Lease lease = co_await adapters.take();
    co_return std::to_string(lease.adapter->patience().initialize.count());
}

}  // namespace

TEST_CASE("an adapter may take longer on a slow machine", "[adapters]") {
    Place place(plain);
    place.patience = Patience(4);
    CHECK(place.run(patience_for_its_start(place.adapters)) == "60000");
}

TEST_CASE("an adapter is started when it is needed, and tells its client", "[adapters]") {
    Place place(plain);
    CHECK(place.started() == 0);
    CHECK(place.run(declared(place.adapters)) == "plain pins");
    CHECK(place.started() == 1);
}

TEST_CASE("an adapter that was given back is lent again", "[adapters]") {
    Place place(plain);
    CHECK(place.run(borrow(place.adapters)).empty());
    CHECK(place.run(borrow(place.adapters)).empty());
    CHECK(place.started() == 1);
}

TEST_CASE("two loans at one time are two adapters, with homes of their own", "[adapters]") {
    Place place(plain);
    CHECK(place.run(borrow_two(place.adapters)).empty());
    CHECK(place.started() == 2);
    CHECK(place.run(borrow_two(place.adapters)).empty());
    CHECK(place.started() == 2);
}

TEST_CASE("an adapter that is broken is not lent again", "[adapters]") {
    Place place(plain);
    CHECK_FALSE(place.run(borrow_and_break(place.adapters)).empty());
    CHECK(place.run(borrow(place.adapters)).empty());
    CHECK(place.started() == 2);
}

TEST_CASE("an adapter that does not start is trouble, each time", "[adapters]") {
    Place place("exit 3");
    CHECK_FALSE(place.run(borrow(place.adapters)).empty());
    CHECK_FALSE(place.run(borrow(place.adapters)).empty());
    CHECK(place.started() == 2);
}

TEST_CASE("a home that cannot be made is trouble, and nothing is started", "[adapters]") {
    Place place(plain);
    kit::write(place.folder.path() / "homes", "in the way");
    CHECK_THAT(place.run(borrow(place.adapters)), Catch::Contains("homes/adapter-1"));
}

TEST_CASE("those that are idle are ended, and the next lease is a fresh one", "[adapters]") {
    Place place(plain);
    CHECK(place.run(borrow_two(place.adapters)).empty());
    CHECK(place.run(place.adapters.shut_down()).empty());
    CHECK(place.run(borrow(place.adapters)).empty());
    CHECK(place.started() == 3);
}

TEST_CASE("an adapter that does not end well is told of", "[adapters]") {
    Place place(plain + "; exit 3");
    CHECK(place.run(borrow(place.adapters)).empty());
    CHECK(place.run(place.adapters.shut_down()) ==
          "the adapter ended with exit code 3 after 'shutdown', not 0");
}

}  // namespace guise::run::adapters_test
