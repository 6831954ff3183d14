#include "server/stand.hpp"

#include "base/ascii.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

namespace guise::server {

namespace asio = boost::asio;

Stand::Stand(const asio::any_io_executor& executor, ChainProvider& provider, Options options,
             OnConnection on_connection)
    : provider_(provider),
      options_(std::move(options)),
      on_connection_(std::move(on_connection)),
      changed_(executor, asio::steady_timer::time_point::max()) {}

Result<std::unique_ptr<Stand>> Stand::open(const asio::any_io_executor& executor, ChainProvider& provider,
                                           const scenario::Scenario& scenario, Options options,
                                           OnConnection on_connection) {
    std::unique_ptr<Stand> out(new Stand(executor, provider, std::move(options), std::move(on_connection)));
    Stand& self = *out;
    self.options_.address = address_for(scenario, self.options_.address);
    self.host_ = host_for(scenario, scenario.id, self.options_.address);
    if (Problems problems = self.show(scenario); !problems.empty()) return problems;
    auto listener = net::Listener::open(
        executor, {.address = self.options_.address, .port = self.options_.port},
        [&self](const net::Destination&) -> std::shared_ptr<const tls::Presentation> {
            auto made = self.shown();
            return made ? made->presentation : nullptr;
        },
        [&self](tls::Transcript connection) { self.ended(std::move(connection)); });
    if (!listener) return listener.error();
    self.listener_ = std::move(*listener);
    return out;
}

std::string Stand::url() const {
    return fmt::format("https://{}:{}/", host_ == options_.address ? in_url(host_) : "localhost", port());
}

Problems Stand::show(const scenario::Scenario& scenario) {
    const scenario::Scenario* before = std::exchange(scenario_, &scenario);
    if (begin_at(0)) return {};
    scenario_ = before;
    return Problem{scenario.where, "a visit that presents a certificate", "none"};
}

bool Stand::next() { return begin_at(visit_ + 1); }

bool Stand::begin_at(std::size_t visit) {
    while (visit < scenario_->visits.size() &&
           !std::holds_alternative<scenario::Connect>(scenario_->visits[visit].action))
        ++visit;
    if (visit == scenario_->visits.size()) return false;
    visit_ = visit;
    canary_ = "canary-" +
              provider_.generator().hex(fmt::format("stand {} {}", options_.scope, visits_shown_++), 32);
    connections_.clear();
    return true;
}

Result<Shown> Stand::shown() {
    const auto& connect = std::get<scenario::Connect>(scenario_->visits[visit_].action);
    return provider_.show(
        *scenario_, connect.present, options_.scope,
        {.host = host_, .address = options_.address, .now = {}, .other_hosts = other_hosts(*scenario_)},
        {.label = fmt::format("{} visit {}", scenario_->id, visit()),
         .resumption = scenario_->has_sessions(visit())});
}

Result<std::string> Stand::trust_pem() {
    auto made = shown();
    if (!made) return made.error();
    return made->trust_pem;
}

void Stand::ended(tls::Transcript connection) {
    connection.began = {};  // nobody counts from the beginning of a visit here
    connections_.push_back(std::move(connection));
    changed_.cancel();
    if (on_connection_) on_connection_(connections_.back());
}

evidence::Observation Stand::observe() const {
    evidence::VisitEvidence evidence;
    evidence.connections = connections_;
    evidence.canary = canary_;
    return evidence::observe(evidence, {});
}

asio::awaitable<bool> Stand::wait(std::size_t count, std::chrono::milliseconds limit) {
    const auto until = asio::steady_timer::clock_type::now() + limit;
    while (connections_.size() < count || open_connections() > 0) {
        if (asio::steady_timer::clock_type::now() >= until) co_return false;
        boost::system::error_code woken;
        changed_.expires_at(until);
        co_await changed_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
    co_return true;
}

}  // namespace guise::server
