// What all cases of a run share: the certificate authority, the clock, the names, and the folder for their
// files.
#pragma once

#include "base/problem.hpp"
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
    /// Lets go of what was shown in `scope`, when nobody will ask for it again.
    void forget(const std::string& scope) { mint_.forget(scope); }

    [[nodiscard]] std::chrono::sys_seconds now() const noexcept { return now_; }

 private:
    const World& world_;
    Draw draw_;
    std::chrono::sys_seconds now_;
    pki::KeyPool keys_;
    pki::Mint mint_;
};

/// The per-user folder for RSA keys: XDG_CACHE_HOME/guise, else HOME/.cache/guise; empty where neither is
/// set.
[[nodiscard]] std::filesystem::path key_cache_dir();

}  // namespace guise::run
