// What all cases of a run share: the certificate authority, the clock, the names, and the folder for their
// files.
#pragma once

#include "base/problem.hpp"
#include "judge/evidence.hpp"
#include "pki/keys.hpp"
#include "pki/mint.hpp"
#include "run/names.hpp"
#include "run/world.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace guise::run {

class Publisher;

/// A chain to show, and what the client is told to trust.
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

/// Lifetime: keeps a reference to the world. Threads: one.
class Workshop final {
 public:
    /// `now` is the run's clock. `keys` is the folder of the RSA key cache; empty: none.
    Workshop(const World& world, Draw draw, std::chrono::sys_seconds now, const std::filesystem::path& keys);

    /// Makes what one visit shows. `scope` is the case, `setting` its host and address; the clock is the
    /// run's, moved on by that of the occasion.
    [[nodiscard]] Result<Shown> show(const scenario::Scenario& scenario, const pki::Present& present,
                                     const std::string& scope, pki::Setting setting,
                                     const Occasion& occasion);

    /// The run's root, as PEM.
    [[nodiscard]] Result<std::string> root_pem();

    [[nodiscard]] const World& world() const noexcept { return world_; }
    [[nodiscard]] const Draw& draw() const noexcept { return draw_; }
    /// From now on lists and responses are served by `publisher`, which must outlive the last call of `show`;
    /// without one nobody listens at their addresses.
    void publish_by(Publisher& publisher) { publisher_ = &publisher; }
    /// What was fetched of what was published for `scope`, since the last call. Times count from `began`.
    [[nodiscard]] std::vector<judge::Fetched> take_fetched(const std::string& scope,
                                                           std::chrono::steady_clock::time_point began);
    /// Lets go of what was shown in `scope`, when nobody will ask for it again.
    void forget(const std::string& scope);

    [[nodiscard]] std::chrono::sys_seconds now() const noexcept { return now_; }

 private:
    [[nodiscard]] std::string folder_of(const std::string& scope) const;

    const World& world_;
    Draw draw_;
    std::chrono::sys_seconds now_;
    pki::KeyPool keys_;
    pki::Mint mint_;
    Publisher* publisher_ = nullptr;
};

/// The per-user folder for RSA keys: XDG_CACHE_HOME/guise, else HOME/.cache/guise; empty where neither is
/// set.
[[nodiscard]] std::filesystem::path key_cache_dir();

}  // namespace guise::run
