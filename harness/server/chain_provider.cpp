#include "server/chain_provider.hpp"

#include "pki/pem.hpp"
#include "server/publisher.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace guise::server {

ChainProvider::ChainProvider(const inputs::RunInputs& inputs, SeededGenerator generator, RunClock clock,
                             const std::filesystem::path& keys)
    : inputs_(inputs),
      generator_(std::move(generator)),
      clock_(std::move(clock)),
      keys_(keys),
      mint_(inputs.library, keys_, generator_.hex("run", 8)) {}

std::chrono::seconds ChainProvider::elapsed() const {
    const std::chrono::seconds zero{0};
    return clock_.machine ? std::max(zero, clock_.machine() - clock_.start) : zero;
}

Result<std::string> ChainProvider::root_pem() {
    const auto root = mint_.anchor("root", {.host = {}, .address = {}, .now = clock_.start});
    if (!root) return root.error();
    return pki::to_pem(*root);
}

Result<Shown> ChainProvider::show(const scenario::Scenario& scenario, const pki::Present& present,
                                  const std::string& scope, pki::Setting setting, const Occasion& occasion) {
    publish_at(scope, setting);
    auto shown = make({scenario, present, scope, std::move(setting), occasion});
    publish(scope, shown);
    return shown;
}

boost::asio::awaitable<Result<Shown>> ChainProvider::show_by(Worker& worker, ShowRequest request) {
    const std::string scope = request.scope;
    publish_at(scope, request.setting);
    auto work = [this, request = std::move(request)] { return make(request); };
    Result<Shown> shown = co_await worker.run(std::move(work));
    publish(scope, shown);
    co_return shown;
}

void ChainProvider::publish_at(const std::string& scope, pki::Setting& setting) const {
    if (publisher_) setting.published = publisher_->place(folder_of(scope));
}

void ChainProvider::publish(const std::string& scope, const Result<Shown>& shown) {
    if (publisher_ && shown) publisher_->publish(folder_of(scope), shown->chain->publications);
}

Result<Shown> ChainProvider::make(const ShowRequest& request) {
    const auto& [scenario, present, scope, place, occasion] = request;
    pki::Setting setting = place;
    setting.now = clock_.start + occasion.clock;
    const std::vector<std::string> trusted = scenario.trusted(present.key);
    auto chain = mint_.mint(present, scope, setting, trusted);
    if (!chain) return chain.error();
    // A defect may sit on the root of the presented chain; elsewhere it is the run's root as it is.
    const bool ends_in_root = chain->path.back().recipe == "root";
    const auto root = ends_in_root ? Result<Bytes>(chain->path.back().der) : mint_.anchor("root", setting);
    if (!root) return root.error();
    std::string trust = pki::to_pem(*root);
    for (const scenario::Installed& installed : scenario.trust) {
        if (chain->path.size() > 1 && chain->path.back().recipe == installed.leaf) {
            trust += pki::to_pem(chain->path.back().der);  // a private authority
            continue;
        }
        if (present.leaf == installed.leaf && present.key == installed.key) {
            trust += pki::to_pem(chain->path.front().der);  // with whatever is wrong with it
            continue;
        }
        pki::Present as_installed;
        as_installed.leaf = installed.leaf;
        as_installed.key = installed.key;
        as_installed.host = scenario.host;
        const auto made = mint_.mint(as_installed, scope, setting, trusted);
        if (!made) return made.error();
        trust += pki::to_pem(made->path.front().der);
    }
    auto shown = std::make_shared<tls::Presentation>(*chain->presentation);
    shown->versions = scenario.versions;
    shown->label = occasion.label;
    shown->resumption = occasion.resumption;
    return Shown{std::make_shared<const pki::Chain>(std::move(*chain)), std::move(shown), std::move(trust)};
}

Result<std::unique_ptr<Publisher>> ChainProvider::open_publisher(const boost::asio::any_io_executor& executor,
                                                                 const std::string& address,
                                                                 Publisher::OnFetch on_fetch) {
    auto out = Publisher::open(executor, address, std::move(on_fetch));
    if (!out) return out;
    publisher_ = out->get();
    publisher_->when_gone([this, gone = publisher_] {
        if (publisher_ == gone) publisher_ = nullptr;
    });
    return out;
}

std::vector<evidence::Fetched> ChainProvider::take_fetched(const std::string& scope,
                                                           std::chrono::steady_clock::time_point began) {
    if (!publisher_) return {};
    return publisher_->take(folder_of(scope), began);
}

std::vector<std::string> ChainProvider::said_to_publisher(const std::string& scope,
                                                          std::chrono::steady_clock::time_point began) const {
    if (!publisher_) return {};
    return publisher_->said(folder_of(scope), began);
}

void ChainProvider::forget(const std::string& scope) {
    mint_.forget(scope);
    if (publisher_) publisher_->forget(folder_of(scope));
}

void ChainProvider::forget_by(Worker& worker, const std::string& scope) {
    worker.post([this, scope] { mint_.forget(scope); });
    if (publisher_) publisher_->forget(folder_of(scope));
}

// Readable, because it stands in certificates and in reports, and unlike any other.
std::string ChainProvider::folder_of(const std::string& scope) const {
    std::string out = scope;
    std::ranges::replace_if(
        out, [](unsigned char c) { return !std::isalnum(c) || c > 127; }, '-');
    return fmt::format("{}-{}", out, generator_.hex("published " + scope, 8));
}

std::filesystem::path key_cache_dir() {
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache && *cache)
        return std::filesystem::path(cache) / "guise";
    if (const char* home = std::getenv("HOME"); home && *home)
        return std::filesystem::path(home) / ".cache" / "guise";
    return {};
}

}  // namespace guise::server
