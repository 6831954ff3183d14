#include "serve/serve_bundle.hpp"

#include "pki/inspect.hpp"
#include "server/io_context.hpp"
#include "server/scenario_server.hpp"
#include "server/stop_signals.hpp"

namespace guise::serve {

namespace asio = boost::asio;

namespace {

std::shared_ptr<const tls::Presentation> presentation_of(const pki::Bundle& bundle) {
    auto out = std::make_shared<tls::Presentation>();
    out->certificates = bundle.chain;
    const auto last = pki::inspect(bundle.chain.back());
    if (bundle.chain.size() > 1 && last && last->self_signed) out->certificates.pop_back();
    out->key = bundle.key;
    out->label = "cert.pem";
    return out;
}

}  // namespace

Problems serve_bundle(const pki::Bundle& bundle, const std::string& address, std::uint16_t port,
                      const std::function<void(std::uint16_t port)>& on_ready,
                      const std::function<void(const tls::Transcript&)>& on_connection) {
    server::IoContext io;
    const server::StopSignals signals(io, [&io] { io.stop(); });
    server::ScenarioServer::Options how;
    how.address = address;
    how.port = port;
    how.keep_connections = false;
    how.on_connection = on_connection;
    server::Showing showing;
    showing.choose = server::always(presentation_of(bundle));
    const auto server = server::ScenarioServer::open(io.get_executor(), std::move(how), std::move(showing));
    if (!server) return server.error();
    const server::IoContext::FrameGuard frames(io);
    on_ready((*server)->port());
    io.run();
    return {};
}

}  // namespace guise::serve
