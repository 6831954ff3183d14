#include "server/site.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <functional>

namespace guise::server {

namespace asio = boost::asio;

namespace {

using Clock = std::chrono::steady_clock;

// How long connections may stay open after the client has ended its visit (a child of it may serve::hold
// them).
constexpr std::chrono::seconds settle_limit{3};
constexpr std::chrono::milliseconds settle_look{20};
constexpr const char* main_label = "main";

// Tells when the channel is there; the rest is the dialogue's.
class Watched final : public service::Dialogue {
 public:
    Watched(std::unique_ptr<service::Dialogue> dialogue, std::function<void()> secured)
        : dialogue_(std::move(dialogue)), on_secured_(std::move(secured)) {}

    service::Reply open(bool secured) override {
        if (secured) on_secured_();
        return dialogue_->open(secured);
    }
    service::Reply receive(std::string_view bytes) override { return dialogue_->receive(bytes); }
    const service::Received& received() const override { return dialogue_->received(); }

 private:
    std::unique_ptr<service::Dialogue> dialogue_;
    std::function<void()> on_secured_;
};

}  // namespace

Site::Site(const asio::any_io_executor& executor, Options options)
    : options_(std::move(options)), executor_(executor), changed_(executor) {}

Result<std::unique_ptr<Site>> Site::open(const asio::any_io_executor& executor, Options options) {
    std::unique_ptr<Site> out(new Site(executor, std::move(options)));
    Problems problems = out->listen(main_label);
    for (const std::string& label : out->options_.ports)
        if (problems.empty()) problems = out->listen(label);
    if (problems.empty()) problems = out->open_proxy();
    if (!problems.empty()) return problems;
    return out;
}

Problems Site::listen(const std::string& label) {
    auto listener = net::Listener::open(
        executor_,
        {.address = options_.address,
         .label = label,
         .deadlines = options_.deadlines,
         .converse = [this] { return converse(); },
         .proxied = proxied_},
        [this](const net::Destination&) {
            return swapped_ && showing_.swapped ? showing_.swapped : showing_.presentation;
        },
        [this](tls::Transcript connection) {
            // It offers nothing that the case could be shown in, and would not the next time. Some clients
            // try again at once for as long as they live.
            if (connection.ending == tls::Ending::unfit) refuse();
            connections_.push_back(std::move(connection));
            changed_.cancel();
        });
    if (!listener) return listener.error();
    listeners_[label] = std::move(*listener);
    return {};
}

void Site::refuse() {
    for (auto& [_, each] : listeners_) each->refuse();
    if (proxy_) proxy_->refuse();
}

// For a client that reaches the main server through one.
Problems Site::open_proxy() {
    if (!options_.proxy) return {};
    auto proxy = net::Proxy::open(
        executor_,
        {.kind = *options_.proxy,
         .host = options_.host,
         .address = options_.address,
         .port = place({}).port,
         .requests = proxied_},
        [this] { changed_.cancel(); }, options_.deadlines);
    if (!proxy) return proxy.error();
    proxy_ = std::move(*proxy);
    return {};
}

ServerPlace Site::place(const scenario::At& at) const {
    const bool other = at.host != main_label && !options_.one_name;
    const auto listener = listeners_.find(at.port);
    return {other ? at.host + "." + options_.host : options_.host,
            (listener == listeners_.end() ? listeners_.at(main_label) : listener->second)->port()};
}

std::uint16_t Site::proxy_port() const { return proxy_ ? proxy_->port() : std::uint16_t{0}; }

void Site::show(Showing showing) {
    showing_ = std::move(showing);
    swapped_ = secured_ = false;
}

net::Conversation Site::converse() {
    net::Conversation out = net::converse(showing_.service, showing_.facts, showing_.plain_text);
    if (out.dialogue)
        out.dialogue = std::make_unique<Watched>(std::move(out.dialogue), [this] {
            secured_ = true;
            changed_.cancel();
        });
    out.on_request = [this](const service::ReceivedRequest& request) {
        swapped_ = swapped_ || request.is_public;
    };
    return out;
}

bool Site::busy() const {
    const auto has_work = [](const auto& of) { return of->open_connections() > 0 || of->has_pending(); };
    return std::any_of(listeners_.begin(), listeners_.end(),
                       [&](const auto& each) { return has_work(each.second); }) ||
           (proxy_ && has_work(proxy_));
}

asio::awaitable<void> Site::wait_for_change(std::chrono::milliseconds at_most) {
    boost::system::error_code woken;
    changed_.expires_after(at_most);
    co_await changed_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
}

asio::awaitable<void> Site::settle() {
    const auto limit = Clock::now() + settle_limit;
    while (busy()) {
        if (Clock::now() >= limit) {
            for (auto& [label, listener] : listeners_) listener->cut();
            if (proxy_) proxy_->cut();  // after the listeners: its end would look like the client's
            co_return;
        }
        co_await wait_for_change(settle_look);
    }
}

asio::awaitable<void> Site::handshake_done() {
    while (!secured_) co_await wait_for_change(settle_limit);
}

std::vector<tls::Transcript> Site::take_connections() { return std::exchange(connections_, {}); }

}  // namespace guise::server
