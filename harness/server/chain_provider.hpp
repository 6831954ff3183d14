// What all cases of a run share: the certificate authority, the clock, the names, and the folder for their
// files.
#pragma once

#include "base/problem.hpp"
#include "evidence/visit.hpp"
#include "inputs/run_inputs.hpp"
#include "pki/keys.hpp"
#include "pki/mint.hpp"
#include "server/names.hpp"
#include "server/publisher.hpp"
#include "server/worker.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace guise::server {

/// A chain to show, and what the client is to trust.
struct Shown {
    std::shared_ptr<const pki::Chain> chain;
    std::shared_ptr<const tls::Presentation> presentation;  // with versions and label
    std::string trust_pem;
};

/// When, and how, a chain is shown.
struct Occasion {
    std::string label{};            // of the presentation
    std::chrono::seconds clock{0};  // since the run's now
    bool resumption = false;        // sessions are handed out and taken back
};

/// The clock of a run: where it stood at the beginning, and what it goes on by; nothing: it stands still.
///
/// It goes on where the clients read the machine's clock, because a run may last longer than a certificate
/// that is about to become valid.
struct RunClock {
    std::chrono::sys_seconds start;
    std::function<std::chrono::sys_seconds()> machine = {};

    RunClock(std::chrono::sys_seconds at,
             std::function<std::chrono::sys_seconds()> goes_on_by = {})  // NOLINT
        : start(at), machine(std::move(goes_on_by)) {}
};

/// What is to be shown: all that a chain is made of, as values, so that it can be made elsewhere meanwhile.
struct ShowRequest {
    scenario::Scenario scenario;
    pki::Present present;
    std::string scope;  // the case
    pki::Setting setting;
    Occasion occasion;
};

/// Lifetime: keeps a reference to the inputs; outlives the work that it gives to a worker. Threads: one. Who
/// uses a worker uses it for all chains, and does not call `show` besides.
class ChainProvider final {
 public:
    /// `keys` is the folder of the RSA key cache; empty: none.
    ChainProvider(const inputs::RunInputs& inputs, SeededGenerator generator, RunClock clock,
                  const std::filesystem::path& keys);

    /// Makes what one visit shows. `scope` is the case, `setting` its host and address; the clock is the
    /// run's, moved on by that of the occasion.
    [[nodiscard]] Result<Shown> show(const scenario::Scenario& scenario, const pki::Present& present,
                                     const std::string& scope, pki::Setting setting,
                                     const Occasion& occasion);

    /// As `show`, but the keys and certificates are made by the worker.
    [[nodiscard]] boost::asio::awaitable<Result<Shown>> show_by(Worker& worker, ShowRequest request);

    /// The run's root, as PEM.
    [[nodiscard]] Result<std::string> root_pem();

    [[nodiscard]] const inputs::RunInputs& inputs() const noexcept { return inputs_; }
    [[nodiscard]] const SeededGenerator& generator() const noexcept { return generator_; }
    /// From now on, and for as long as it lives, lists and responses are served by what this returns, as
    /// `Publisher::open` does; the provider must outlive it. Without one nothing listens at their addresses.
    [[nodiscard]] Result<std::unique_ptr<Publisher>> open_publisher(
        const boost::asio::any_io_executor& executor, const std::string& address = "127.0.0.1",
        Publisher::OnFetch on_fetch = {});
    /// What was fetched of what was published for `scope`, since the last call. Times count from `began`.
    [[nodiscard]] std::vector<evidence::Fetched> take_fetched(const std::string& scope,
                                                              std::chrono::steady_clock::time_point began);
    /// What else was said to the publisher since `began`, as far as it is not known to be of another scope.
    [[nodiscard]] std::vector<std::string> said_to_publisher(
        const std::string& scope, std::chrono::steady_clock::time_point began) const;
    /// Lets go of what was shown in `scope`, when no client will ask for it again.
    void forget(const std::string& scope);
    /// The same, where a worker makes the chains.
    void forget_by(Worker& worker, const std::string& scope);

    /// When the run began, by its clock.
    [[nodiscard]] std::chrono::sys_seconds now() const noexcept { return clock_.start; }
    /// How far its clock has gone on since; never below 0.
    [[nodiscard]] std::chrono::seconds elapsed() const;

 private:
    [[nodiscard]] std::string folder_of(const std::string& scope) const;
    void publish_at(const std::string& scope, pki::Setting& setting) const;
    [[nodiscard]] Result<Shown> make(const ShowRequest& request);
    void publish(const std::string& scope, const Result<Shown>& shown);

    const inputs::RunInputs& inputs_;
    SeededGenerator generator_;
    RunClock clock_;
    pki::KeyPool keys_;
    pki::Mint mint_;
    Publisher* publisher_ = nullptr;
};

/// The per-user folder for RSA keys: XDG_CACHE_HOME/guise, else HOME/.cache/guise; empty where neither is
/// set.
[[nodiscard]] std::filesystem::path key_cache_dir();

}  // namespace guise::server
