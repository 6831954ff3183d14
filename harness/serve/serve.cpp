#include "serve/serve.hpp"

#include "server/io_context.hpp"
#include "server/publisher.hpp"
#include "server/stop_signals.hpp"

namespace guise::serve {

Problems serve(server::ChainProvider& provider, const std::vector<const scenario::Scenario*>& scenarios,
               const ServedScenarios::Options& options,
               const std::function<void(const ServedScenarios&)>& on_ready, OnConnection on_connection) {
    server::IoContext io;
    // Before the server is ready: who has read that it is may end it at once.
    const server::StopSignals signals(io, [&io] { io.stop(); });
    const auto publisher = provider.open_publisher(io.get_executor(), options.address, options.on_fetch);
    if (!publisher) return publisher.error();
    const auto server =
        ServedScenarios::open(io.get_executor(), provider, scenarios, options, std::move(on_connection));
    if (!server) return server.error();
    const server::IoContext::FrameGuard frames(io);
    on_ready(**server);
    io.run();
    return {};
}

}  // namespace guise::serve
