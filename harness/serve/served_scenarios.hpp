// Serves scenarios to whoever connects: each on a port of its own, and all of them on one port by SNI.
//
// A chain is made when it is first asked for, so that hundreds of scenarios are ready at once.
#pragma once

#include "base/problem.hpp"
#include "server/chain_provider.hpp"
#include "server/scenario_server.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace guise::serve {

/// One scenario, and where a client finds it.
struct Served {
    const scenario::Scenario* scenario = nullptr;
    std::string address;     // where it listens
    std::string host;        // its own name, for SNI and for the shared port; or its address
    std::uint16_t port = 0;  // its own port, where `localhost` and the address are names too
    std::string trust_file;  // the root file; one of its own where the scenario changes what is trusted
};

/// Called with each connection as it ends; `served` is null where no scenario had that name.
using OnConnection = std::function<void(const Served* served, const tls::Transcript& connection)>;

/// Lifetime: the provider and the executor's context must outlive it. Threads: that of the executor.
class ServedScenarios final {
 public:
    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0;     // of the shared port; 0: any free one
        std::filesystem::path dir;  // where the root files go
        // Called with the reason why a client that asked for a scenario gets no chain but the alert
        // unrecognized_name; may be empty.
        std::function<void(const Served& served, const Problems& problems)> on_trouble = {};
        std::function<void(const std::string& path)> on_fetch =
            {};  // see `server::Publisher::OnFetch`; may be empty
    };

    /// Opens all ports and writes the root files. A scenario for an address of IPv6 is left out where there
    /// is none. Errors: what cannot be opened, written or made.
    static Result<std::unique_ptr<ServedScenarios>> open(
        const boost::asio::any_io_executor& executor, server::ChainProvider& provider,
        const std::vector<const scenario::Scenario*>& scenarios, const Options& options,
        OnConnection on_connection);

    [[nodiscard]] const std::vector<std::unique_ptr<Served>>& served() const noexcept { return served_; }
    [[nodiscard]] std::uint16_t shared_port() const { return servers_.back()->port(); }
    [[nodiscard]] const std::string& root_file() const noexcept { return root_file_; }

 private:
    ServedScenarios(server::ChainProvider& provider, Options options, OnConnection on_connection);
    Problems open_one(const boost::asio::any_io_executor& executor, const scenario::Scenario& scenario);
    Problems open_shared(const boost::asio::any_io_executor& executor);
    Problems write_trust(Served& served);
    std::shared_ptr<const tls::Presentation> choose(const Served& served);
    const Served* by_name(std::string_view host) const;

    server::ChainProvider& provider_;
    Options options_;
    OnConnection on_connection_;
    std::string root_file_;
    std::vector<std::unique_ptr<Served>> served_;
    std::map<std::string, const Served*> by_name_;
    std::vector<std::unique_ptr<server::ScenarioServer>> servers_;  // the shared one is the last
};

/// Whether what a client must trust for this scenario is more or other than the run's root.
[[nodiscard]] bool changes_trust(const scenario::Scenario& scenario);

}  // namespace guise::serve
