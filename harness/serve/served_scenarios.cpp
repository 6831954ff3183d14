#include "serve/served_scenarios.hpp"

#include "base/ascii.hpp"
#include "server/trust_file.hpp"

#include <fmt/format.h>

#include <algorithm>

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

ServedScenarios::ServedScenarios(server::ChainProvider& provider, Options options, OnConnection on_connection)
    : provider_(provider), options_(std::move(options)), on_connection_(std::move(on_connection)) {}

Result<std::unique_ptr<ServedScenarios>> ServedScenarios::open(
    const boost::asio::any_io_executor& executor, server::ChainProvider& provider,
    const std::vector<const scenario::Scenario*>& scenarios, const Options& options,
    OnConnection on_connection) {
    std::unique_ptr<ServedScenarios> out(new ServedScenarios(provider, options, std::move(on_connection)));
    const auto root = provider.root_pem();
    if (!root) return root.error();
    out->root_file_ = (options.dir / "root.pem").string();
    Problems problems = server::write_root_file(out->root_file_, *root);
    for (const scenario::Scenario* scenario : scenarios)
        if (problems.empty() && (scenario->host != pki::HostKind::ipv6 || server::has_ipv6()))
            problems = out->open_one(executor, *scenario);
    if (problems.empty()) problems = out->open_shared(executor);
    if (!problems.empty()) return problems;
    return out;
}

Problems ServedScenarios::open_one(const boost::asio::any_io_executor& executor,
                                   const scenario::Scenario& scenario) {
    auto served = std::make_unique<Served>();
    served->scenario = &scenario;
    served->address = server::address_for(scenario, options_.address);
    served->host = server::host_for(scenario, scenario.id, served->address);
    served->trust_file = root_file_;
    server::ScenarioServer::Options how;
    how.host = served->host;
    how.address = served->address;
    how.keep_connections = false;
    how.on_connection = [this, one = served.get()](const tls::Transcript& each) {
        on_connection_(one, each);
    };
    server::Showing showing;
    showing.choose = [this, one = served.get()](const net::Destination&) { return choose(*one); };
    auto server = server::ScenarioServer::open(executor, std::move(how), std::move(showing));
    if (!server) return server.error();
    served->port = (*server)->port();
    servers_.push_back(std::move(*server));
    if (scenario.host == pki::HostKind::name) by_name_[served->host] = served.get();
    served_.push_back(std::move(served));
    return changes_trust(scenario) ? write_trust(*served_.back()) : Problems{};
}

Problems ServedScenarios::open_shared(const boost::asio::any_io_executor& executor) {
    server::ScenarioServer::Options how;
    how.address = options_.address;
    how.port = options_.port;
    how.keep_connections = false;
    how.on_connection = [this](const tls::Transcript& each) {
        on_connection_(each.hello ? by_name(each.hello->server_name) : nullptr, each);
    };
    server::Showing showing;
    showing.choose = [this](const net::Destination& destination) {
        const Served* named = by_name(destination.hello.server_name);
        return named ? choose(*named) : nullptr;
    };
    auto server = server::ScenarioServer::open(executor, std::move(how), std::move(showing));
    if (!server) return server.error();
    servers_.push_back(std::move(*server));
    return {};
}

Problems ServedScenarios::write_trust(Served& served) {
    const auto made = shown(provider_, served);
    if (!made) return made.error();
    served.trust_file = (options_.dir / file_name(served.scenario->id)).string();
    return server::write_root_file(served.trust_file, made->trust_pem);
}

std::shared_ptr<const tls::Presentation> ServedScenarios::choose(const Served& served) {
    const auto made = shown(provider_, served);
    if (made) return made->presentation;
    if (options_.on_trouble) options_.on_trouble(served, made.error());
    return nullptr;
}

const Served* ServedScenarios::by_name(std::string_view host) const {
    const auto found = by_name_.find(lower(host));  // RFC 6066 section 3: without regard to case
    return found == by_name_.end() ? nullptr : found->second;
}

}  // namespace guise::serve
