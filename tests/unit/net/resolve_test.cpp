#include "net/resolve.hpp"

#include <catch2/catch.hpp>

#include <future>
#include <thread>

namespace guise::net::resolve_test {

using boost::asio::ip::make_address;
using Clock = std::chrono::steady_clock;

TEST_CASE("a numeric address is its own", "[net][resolve]") {
    const auto never = [](const std::string&) -> Resolved { throw std::logic_error("resolved"); };
    const auto v4 = resolve_until(Clock::time_point::min(), "127.0.0.1", never);
    REQUIRE(v4.has_value());
    CHECK(v4->addresses == std::vector{make_address("127.0.0.1")});
    CHECK(resolve_until(Clock::time_point::min(), "::1", never)->addresses ==
          std::vector{make_address("::1")});
}

TEST_CASE("a name is resolved in a thread of its own", "[net][resolve]") {
    const auto here = std::this_thread::get_id();
    const auto resolved =
        resolve_until(Clock::time_point::max(), "some.test", [here](const std::string& host) -> Resolved {
            if (host != "some.test" || std::this_thread::get_id() == here) return {};
            return {{make_address("192.0.2.1")}, {}};
        });
    REQUIRE(resolved.has_value());
    CHECK(resolved->addresses == std::vector{make_address("192.0.2.1")});
}

TEST_CASE("a resolver that blocks is left behind at the deadline", "[net][resolve]") {
    std::promise<void> go_on;
    std::promise<void> gone;
    auto left = gone.get_future();
    const auto resolved =
        resolve_until(Clock::now(), "some.test",
                      [may_go = go_on.get_future().share(), &gone](const std::string&) -> Resolved {
                          may_go.wait();
                          gone.set_value_at_thread_exit();
                          return {};
                      });
    CHECK_FALSE(resolved.has_value());
    go_on.set_value();
    left.wait();
}

TEST_CASE("the system resolves what its hosts file has", "[net][resolve]") {
    const Resolved local = system_resolve("localhost");
    CHECK_FALSE(local.error.failed());
    CHECK_FALSE(local.addresses.empty());
}

}  // namespace guise::net::resolve_test
