#include "serve/serve_bundle.hpp"

#include "net/listener.hpp"
#include "pki/inspect.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>

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
    asio::io_context io{1};
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](boost::system::error_code, int) { io.stop(); });
    const auto shown = presentation_of(bundle);
    const auto listener = net::Listener::open(
        io.get_executor(), {.address = address, .port = port},
        [shown](const net::Destination&) { return shown; }, on_connection);
    if (!listener) return listener.error();
    on_ready((*listener)->port());
    io.run();
    return {};
}

}  // namespace guise::serve
