#include "net/fetch_chain.hpp"

#include "net/kit.hpp"

#include <future>

namespace guise::net::fetch_chain_test {
namespace {

// The call blocks, so it has a thread of its own while the server works in this one.
Result<tls::ShownChain> fetch(kit::Server& server,
                              std::chrono::milliseconds deadline = std::chrono::seconds(20)) {
    auto fetched = std::async(std::launch::async, [port = server.listener->port(), deadline] {
        return fetch_chain("127.0.0.1", port, deadline);
    });
    server.next_end();
    return fetched.get();
}

}  // namespace

TEST_CASE("the chain of a server is fetched as it shows it", "[net][fetch]") {
    const tls::Presentation shown = tls::kit::present();
    kit::Server server({}, tls::kit::always(shown));
    const auto chain = fetch(server);
    REQUIRE(chain.has_value());
    CHECK(chain->certificates == shown.certificates);
    CHECK(chain->version == "TLSv1.3");
}

TEST_CASE("a server that shows nothing is a problem with its place", "[net][fetch]") {
    kit::Server server({}, [](const Destination&) { return nullptr; });
    const auto chain = fetch(server);
    REQUIRE_FALSE(chain.has_value());
    CHECK(chain.error().list[0].where.file.text() == "127.0.0.1:" + std::to_string(server.listener->port()));
    CHECK(chain.error().list[0].expected == "a TLS server that shows a certificate");
    CHECK_FALSE(chain.error().list[0].found.empty());
}

TEST_CASE("nobody at the address is a problem that says so", "[net][fetch]") {
    std::uint16_t port = 0;
    {
        kit::Server gone;
        port = gone.listener->port();
    }
    const auto chain = fetch_chain("127.0.0.1", port);
    REQUIRE_FALSE(chain.has_value());
    CHECK(chain.error().list[0].found == "Connection refused");
    CHECK(fetch_chain("::1", port).error().list[0].where.file.text() == "[::1]:" + std::to_string(port));
}

TEST_CASE("a server that says nothing is waited for until the deadline", "[net][fetch]") {
    boost::asio::io_context context;
    kit::tcp::acceptor silent(context, {boost::asio::ip::make_address("127.0.0.1"), 0});
    const auto chain =
        fetch_chain("127.0.0.1", silent.local_endpoint().port(), std::chrono::milliseconds(50));
    REQUIRE_FALSE(chain.has_value());
    CHECK(chain.error().list[0].found == "none within 50 ms");
}

TEST_CASE("a name whose resolution blocks is waited for until the deadline", "[net][fetch]") {
    std::promise<void> go_on;
    std::promise<void> gone;
    auto left = gone.get_future();
    const auto blocks = [may_go = go_on.get_future().share(), &gone](const std::string&) -> Resolved {
        may_go.wait();
        gone.set_value_at_thread_exit();
        return {};
    };
    const auto chain = fetch_chain("some.test", 443, std::chrono::milliseconds(50), blocks);
    REQUIRE_FALSE(chain.has_value());
    CHECK(chain.error().list[0].found == "none within 50 ms");
    go_on.set_value();
    left.wait();
}

TEST_CASE("a name without an address is a problem with the resolver's words", "[net][fetch]") {
    const auto unknown = [](const std::string&) -> Resolved {
        return {{}, boost::asio::error::host_not_found};
    };
    const auto chain = fetch_chain("some.test", 443, std::chrono::seconds(20), unknown);
    REQUIRE_FALSE(chain.has_value());
    CHECK_THAT(chain.error().list[0].found, Catch::Contains("not found"));
}

}  // namespace guise::net::fetch_chain_test
