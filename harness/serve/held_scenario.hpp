// One scenario at one address, one visit at a time: for people who swap the certificate by hand, and for
// programs that do it over the control channel.
#pragma once

#include "base/problem.hpp"
#include "evidence/observe.hpp"
#include "server/chain_provider.hpp"
#include "server/scenario_server.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace guise::serve {

/// Lifetime: the provider, the scenario and the executor's context must outlive it. Threads: that of the
/// executor.
class HeldScenario final {
 public:
    /// Called as each connection ends.
    using OnConnection = std::function<void(const tls::Transcript&)>;

    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0;  // 0: any free one
        std::string scope;  // keys and certificates are its own; the same scope and scenario, the same keys
    };

    /// Listens, and shows the first visit that presents something. The chain is made when the first client
    /// asks. Errors: an address that cannot be listened on, a scenario that presents nothing.
    static Result<std::unique_ptr<HeldScenario>> open(const boost::asio::any_io_executor& executor,
                                                      server::ChainProvider& provider,
                                                      const scenario::Scenario& scenario, Options options,
                                                      OnConnection on_connection = {});
    HeldScenario(const HeldScenario&) = delete;
    HeldScenario& operator=(const HeldScenario&) = delete;

    [[nodiscard]] const scenario::Scenario& scenario() const noexcept { return *scenario_; }
    /// The name of the first scenario's host: it stays, whatever is shown later. `localhost` is right too.
    [[nodiscard]] const std::string& host() const noexcept { return host_; }
    /// Where it listens: an address of the first scenario's kind.
    [[nodiscard]] const std::string& address() const noexcept { return options_.address; }
    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    /// `https://localhost:PORT/`; with the host, where that is an address.
    [[nodiscard]] std::string url() const;
    /// The number of the visit that is shown, from 1.
    [[nodiscard]] int visit() const noexcept { return static_cast<int>(visit_) + 1; }
    /// A secret for the client to send in this visit.
    [[nodiscard]] const std::string& canary() const noexcept { return canary_; }

    /// Shows the next visit that presents something. False where there is none; then nothing changes.
    bool next();
    /// Shows a scenario from its first visit on, at the same address. Errors: it presents nothing.
    Problems show(const scenario::Scenario& scenario);
    /// What a client must trust for the visit that is shown, as PEM. Errors: the chain cannot be made.
    [[nodiscard]] Result<std::string> trust_pem();

    /// The connections of the visit that is shown, as far as they have ended.
    [[nodiscard]] std::vector<tls::Transcript> connections() const;
    [[nodiscard]] std::size_t open_connections() const { return server_->open_connections(); }
    /// What its clients have done so far.
    [[nodiscard]] evidence::Observation observe() const;
    /// Waits until `count` connections of the visit that is shown have ended and none is open.
    boost::asio::awaitable<server::Woken> wait(std::size_t count,
                                               server::Notifier::Clock::time_point deadline);
    /// Ends its connections and every wait, and listens no more.
    void close() { server_->close(); }

 private:
    HeldScenario(server::ChainProvider& provider, Options options);
    bool begin_at(std::size_t visit);
    Result<server::Shown> shown();

    server::ChainProvider& provider_;
    Options options_;
    const scenario::Scenario* scenario_ = nullptr;
    std::string host_;
    std::size_t visit_ = 0;
    std::size_t visits_shown_ = 0;
    std::string canary_;
    std::unique_ptr<server::ScenarioServer> server_;  // last: it asks the above what to show
};

}  // namespace guise::serve
