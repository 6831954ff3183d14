#include "serve/serve.hpp"

#include "server/publisher.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>

namespace guise::serve {

Problems serve(server::ChainProvider& provider, const std::vector<const scenario::Scenario*>& scenarios,
               const ServedScenarios::Options& options,
               const std::function<void(const ServedScenarios&)>& on_ready, OnConnection on_connection) {
    boost::asio::io_context io{1};
    // Before the server is ready: who has read that it is may end it at once.
    boost::asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](boost::system::error_code, int) { io.stop(); });
    const auto publisher = provider.open_publisher(io.get_executor(), options.address, options.on_fetch);
    if (!publisher) return publisher.error();
    const auto server =
        ServedScenarios::open(io.get_executor(), provider, scenarios, options, std::move(on_connection));
    if (!server) return server.error();
    on_ready(**server);
    io.run();
    return {};
}

}  // namespace guise::serve
