#include "serve/serve.hpp"

#include "base/ascii.hpp"
#include "base/write_text.hpp"
#include "server/publisher.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <csignal>

namespace guise::serve {

namespace {

const scenario::Connect* first_connect(const scenario::Scenario& scenario) {
    for (const scenario::Visit& visit : scenario.visits)
        if (const auto* connect = std::get_if<scenario::Connect>(&visit.action)) return connect;
    return nullptr;
}

Result<server::Shown> shown(server::ChainProvider& provider, const Served& served) {
    const pki::Setting setting{.host = served.host,
                               .address = served.address,
                               .now = {},
                               .other_hosts = server::other_hosts(*served.scenario)};
    return provider.show(*served.scenario, first_connect(*served.scenario)->present,
                         "serve/" + served.scenario->id, setting, {.label = served.scenario->id});
}

std::string file_name(const std::string& id) {
    std::string out = id;
    std::replace(out.begin(), out.end(), '/', '_');
    return out + ".pem";
}

}  // namespace

bool changes_trust(const scenario::Scenario& scenario) {
    const auto* connect = first_connect(scenario);
    return !scenario.trust.empty() ||
           (connect && std::any_of(connect->present.defects.begin(), connect->present.defects.end(),
                                   [](const auto& use) { return use.at == pki::Position::root; }));
}

Server::Server(server::ChainProvider& provider, Options options, OnConnection on_connection)
    : provider_(provider), options_(std::move(options)), on_connection_(std::move(on_connection)) {}

Result<std::unique_ptr<Server>> Server::open(boost::asio::any_io_executor executor,
                                             server::ChainProvider& provider,
                                             const std::vector<const scenario::Scenario*>& scenarios,
                                             const Options& options, OnConnection on_connection) {
    std::unique_ptr<Server> server(new Server(provider, options, std::move(on_connection)));
    Server& self = *server;
    std::error_code error;
    std::filesystem::create_directories(options.dir, error);
    const auto root = provider.root_pem();
    if (!root) return root.error();
    self.root_file_ = (options.dir / "root.pem").string();
    Problems problems = write_text(self.root_file_, *root);
    for (const scenario::Scenario* scenario : scenarios)
        if (problems.empty() && (scenario->host != pki::HostKind::ipv6 || server::has_ipv6()))
            problems = self.open_one(executor, *scenario);
    if (!problems.empty()) return problems;
    auto shared = net::Listener::open(
        executor, {.address = options.address, .port = options.port},
        [&self](const net::Destination& destination) {
            const Served* named = self.by_name(destination.hello.server_name);
            return named ? self.choose(*named) : nullptr;
        },
        [&self](const tls::Transcript& connection) {
            self.on_connection_(connection.hello ? self.by_name(connection.hello->server_name) : nullptr,
                                connection);
        });
    if (!shared) return shared.error();
    self.shared_ = std::move(*shared);
    return server;
}

Problems Server::open_one(boost::asio::any_io_executor executor, const scenario::Scenario& scenario) {
    auto served = std::make_unique<Served>();
    served->scenario = &scenario;
    served->address = server::address_for(scenario, options_.address);
    served->host = server::host_for(scenario, scenario.id, served->address);
    served->trust_file = root_file_;
    auto listener = net::Listener::open(
        executor, {.address = served->address, .label = scenario.id},
        [this, one = served.get()](const net::Destination&) { return choose(*one); },
        [this, one = served.get()](const tls::Transcript& connection) { on_connection_(one, connection); });
    if (!listener) return listener.error();
    served->port = (*listener)->port();
    listeners_.push_back(std::move(*listener));
    if (scenario.host == pki::HostKind::name) by_name_[served->host] = served.get();
    served_.push_back(std::move(served));
    return changes_trust(scenario) ? write_trust(*served_.back()) : Problems{};
}

Problems Server::write_trust(Served& served) {
    const auto made = shown(provider_, served);
    if (!made) return made.error();
    served.trust_file = (options_.dir / file_name(served.scenario->id)).string();
    return write_text(served.trust_file, made->trust_pem);
}

std::shared_ptr<const tls::Presentation> Server::choose(const Served& served) {
    const auto made = shown(provider_, served);
    if (made) return made->presentation;
    if (options_.on_trouble) options_.on_trouble(served, made.error());
    return nullptr;
}

const Served* Server::by_name(std::string_view host) const {
    const auto found = by_name_.find(lower(host));  // RFC 6066 section 3: without regard to case
    return found == by_name_.end() ? nullptr : found->second;
}

Problems serve(server::ChainProvider& provider, const std::vector<const scenario::Scenario*>& scenarios,
               const Server::Options& options, const std::function<void(const Server&)>& on_ready,
               OnConnection on_connection) {
    boost::asio::io_context io{1};
    // Before the server is ready: who has read that it is may end it at once.
    boost::asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](boost::system::error_code, int) { io.stop(); });
    const auto publisher = provider.open_publisher(io.get_executor(), options.address, options.on_fetch);
    if (!publisher) return publisher.error();
    const auto server =
        Server::open(io.get_executor(), provider, scenarios, options, std::move(on_connection));
    if (!server) return server.error();
    on_ready(**server);
    io.run();
    return {};
}

}  // namespace guise::serve
