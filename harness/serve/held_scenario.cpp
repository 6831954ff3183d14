#include "serve/held_scenario.hpp"

#include "base/ascii.hpp"
#include "evidence/hello_secret.hpp"

#include <fmt/format.h>

namespace guise::serve {

namespace asio = boost::asio;

HeldScenario::HeldScenario(server::ChainProvider& provider, Options options)
    : provider_(provider), options_(std::move(options)) {}

Result<std::unique_ptr<HeldScenario>> HeldScenario::open(const asio::any_io_executor& executor,
                                                         server::ChainProvider& provider,
                                                         const scenario::Scenario& scenario, Options options,
                                                         OnConnection on_connection) {
    std::unique_ptr<HeldScenario> out(new HeldScenario(provider, std::move(options)));
    HeldScenario& self = *out;
    self.options_.address = server::address_for(scenario, self.options_.address);
    self.host_ = server::host_for(scenario, scenario.id, self.options_.address);
    server::ScenarioServer::Options how;
    how.host = self.host_;
    how.address = self.options_.address;
    how.port = self.options_.port;
    how.on_connection = std::move(on_connection);
    server::Showing showing;
    showing.choose = [&self](const net::Destination&) -> std::shared_ptr<const tls::Presentation> {
        auto made = self.shown();
        return made ? made->presentation : nullptr;
    };
    auto server = server::ScenarioServer::open(executor, std::move(how), std::move(showing));
    if (!server) return server.error();
    self.server_ = std::move(*server);
    if (Problems problems = self.show(scenario); !problems.empty()) return problems;
    return out;
}

std::string HeldScenario::url() const {
    return fmt::format("https://{}:{}/", host_ == options_.address ? in_url(host_) : "localhost", port());
}

Problems HeldScenario::show(const scenario::Scenario& scenario) {
    const scenario::Scenario* before = std::exchange(scenario_, &scenario);
    if (begin_at(0)) return {};
    scenario_ = before;
    return Problem{scenario.where, "a visit that presents a certificate", "none"};
}

bool HeldScenario::next() { return begin_at(visit_ + 1); }

bool HeldScenario::begin_at(std::size_t visit) {
    while (visit < scenario_->visits.size() &&
           !std::holds_alternative<scenario::Connect>(scenario_->visits[visit].action))
        ++visit;
    if (visit == scenario_->visits.size()) return false;
    visit_ = visit;
    canary_ = "canary-" +
              provider_.generator().hex(fmt::format("stand {} {}", options_.scope, visits_shown_++), 32);
    server_->begin_visit(static_cast<int>(visits_shown_));
    return true;
}

Result<server::Shown> HeldScenario::shown() {
    const auto& connect = std::get<scenario::Connect>(scenario_->visits[visit_].action);
    return provider_.show(*scenario_, connect.present, options_.scope,
                          {.host = host_,
                           .address = options_.address,
                           .now = {},
                           .other_hosts = server::other_hosts(*scenario_)},
                          {.label = fmt::format("{} visit {}", scenario_->id, visit()),
                           .resumption = scenario_->has_sessions(visit())});
}

Result<std::string> HeldScenario::trust_pem() {
    auto made = shown();
    if (!made) return made.error();
    return made->trust_pem;
}

std::vector<tls::Transcript> HeldScenario::connections() const {
    std::vector<tls::Transcript> out = server_->connections();
    // No visit has a beginning here that they could be counted from.
    for (tls::Transcript& connection : out) connection.began = {};
    return out;
}

evidence::Observation HeldScenario::observe() const {
    evidence::VisitEvidence evidence;
    evidence.connections = connections();
    evidence.canary = canary_;
    evidence::look_into_hellos(evidence.connections, canary_);
    return evidence::observe(evidence, {});
}

asio::awaitable<server::Woken> HeldScenario::wait(std::size_t count,
                                                  server::Notifier::Clock::time_point deadline) {
    return server_->ended(count, deadline);
}

}  // namespace guise::serve
