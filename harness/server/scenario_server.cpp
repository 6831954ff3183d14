// The listeners hold plain pointers to the state, which closes them before it goes. Coroutines hold the
// state, and look at its notifier first: a state that is closed has no listeners any more.
#include "server/scenario_server.hpp"

#include "server/watched_dialogue.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <functional>
#include <map>

namespace guise::server {

namespace asio = boost::asio;

namespace {

using Clock = Notifier::Clock;

// How long connections may stay open after the client has ended its visit (a child of it may hold them): half
// as long again as the server lingers.
std::chrono::milliseconds settle_limit(const net::Deadlines& deadlines) { return deadlines.linger * 3 / 2; }
// The kernel's queue sends no notification: it is polled.
constexpr std::chrono::milliseconds settle_look{20};
constexpr const char* main_label = "main";
// A client that asks its proxy more often than this in a visit has gone astray.
constexpr std::size_t most_said_to_proxy = 1'000;

bool has_carried(const tls::Transcript& connection) {
    return connection.application_bytes > 0 || !connection.clear.empty();
}

}  // namespace

struct ScenarioServer::State {
    State(const asio::any_io_executor& on, Options how, Showing what)
        : options(std::move(how)), executor(on), changed(on), showing(std::move(what)) {}

    Problems listen(const std::string& label, std::uint16_t port);
    Problems open_proxy();
    std::shared_ptr<const tls::Presentation> choose(const net::Destination& destination);
    net::Conversation converse();
    void ended(tls::Transcript connection);
    void refuse();
    void begin_visit(int number);
    void cut(net::Cut what);
    void close();
    [[nodiscard]] bool busy() const;
    [[nodiscard]] std::size_t count(std::size_t (net::Listener::*of)() const) const;
    [[nodiscard]] std::vector<tls::Transcript> of_the_visit() const;
    [[nodiscard]] std::size_t count_of_the_visit() const;
    [[nodiscard]] bool belongs(const tls::Transcript& connection) const;

    static asio::awaitable<void> settle(std::shared_ptr<State> self);
    static asio::awaitable<void> handshake_done(std::shared_ptr<State> self);
    static asio::awaitable<Woken> wait_for(std::shared_ptr<State> self, std::size_t count,
                                           Clock::time_point deadline);

    Options options;
    asio::any_io_executor executor;
    Notifier changed;
    Showing showing;
    int visit = 1;
    bool swapped = false;
    bool secured = false;
    std::string failure;
    std::vector<tls::Transcript> connections;
    std::vector<std::string> said_to_proxy;
    std::shared_ptr<net::ProxyRequests> proxied = std::make_shared<net::ProxyRequests>();
    std::unique_ptr<net::Proxy> proxy;                                // it ends after the listeners
    std::map<std::string, std::unique_ptr<net::Listener>> listeners;  // last: they report to the above
};

net::Choose always(std::shared_ptr<const tls::Presentation> presentation) {
    return [shown = std::move(presentation)](const net::Destination&) { return shown; };
}

Problems ScenarioServer::State::listen(const std::string& label, std::uint16_t port) {
    auto listener = net::Listener::open(
        executor,
        {.address = options.address,
         .port = port,
         .label = label,
         .deadlines = options.deadlines,
         .converse = [this] { return converse(); },
         .proxied = proxied},
        [this](const net::Destination& destination) { return choose(destination); },
        [this](tls::Transcript connection) { ended(std::move(connection)); });
    if (!listener) return listener.error();
    listeners[label] = std::move(*listener);
    return {};
}

// For a client that connects to the main server through one.
Problems ScenarioServer::State::open_proxy() {
    if (!options.proxy) return {};
    auto opened = net::Proxy::open(
        executor,
        {.kind = *options.proxy,
         .host = options.host,
         .address = options.address,
         .port = listeners.at(main_label)->port(),
         .requests = proxied},
        [this] { changed.notify(); }, options.deadlines,
        [this](std::string said) {
            if (said_to_proxy.size() < most_said_to_proxy) said_to_proxy.push_back(std::move(said));
        });
    if (!opened) return opened.error();
    proxy = std::move(*opened);
    return {};
}

// It is called inside the handshake, through which nothing may be thrown.
std::shared_ptr<const tls::Presentation> ScenarioServer::State::choose(const net::Destination& destination) {
    try {
        if (swapped && showing.swapped) return showing.swapped;
        if (showing.first) return std::exchange(showing.first, nullptr);
        return showing.choose ? showing.choose(destination) : nullptr;
    } catch (const std::exception& error) {
        failure = error.what();
        return nullptr;
    }
}

net::Conversation ScenarioServer::State::converse() {
    net::Conversation out = net::converse(showing.service ? showing.service : service::short_answer(),
                                          showing.facts, showing.plain_text);
    out.visit = visit;  // in which it is accepted
    out.on_rest = [this] { changed.notify(); };
    if (out.dialogue)
        out.dialogue = std::make_unique<WatchedDialogue>(
            std::move(out.dialogue),
            [this] {
                secured = true;
                changed.notify();
            },
            [this](const std::string& why) { failure = why; });
    out.on_request = [this](const service::ReceivedRequest& request) {
        swapped = swapped || request.is_public;
    };
    return out;
}

void ScenarioServer::State::ended(tls::Transcript connection) {
    // It offers nothing that the case could be shown in, and would not the next time. Some clients try again
    // at once for as long as they live.
    if (options.refuse_after_unfit && connection.ending == tls::Ending::unfit) refuse();
    changed.notify();
    if (!options.keep_connections) {
        if (options.on_connection) options.on_connection(connection);
        return;
    }
    connections.push_back(std::move(connection));
    if (options.on_connection) options.on_connection(connections.back());
}

// What has ended before is forgotten.
void ScenarioServer::State::begin_visit(int number) {
    visit = number;
    connections.clear();
    said_to_proxy.clear();
    for (auto& [_, each] : listeners) each->begin_visit();
}

std::vector<tls::Transcript> ScenarioServer::State::of_the_visit() const {
    std::vector<tls::Transcript> out;
    const auto add = [&](const tls::Transcript& connection) {
        if (!belongs(connection)) return;
        out.push_back(connection);
        if (connection.visit == visit) out.back().visit = 0;
    };
    std::ranges::for_each(connections, add);
    for (const auto& [_, each] : listeners) std::ranges::for_each(each->at_rest(), add);
    return out;
}

// The size of the above, for a wait that asks after each end: what has ended is not copied for it.
std::size_t ScenarioServer::State::count_of_the_visit() const {
    const auto mine = [this](const tls::Transcript& connection) { return belongs(connection); };
    auto out = std::ranges::count_if(connections, mine);
    for (const auto& [_, each] : listeners) out += std::ranges::count_if(each->at_rest(), mine);
    return static_cast<std::size_t>(out);
}

bool ScenarioServer::State::belongs(const tls::Transcript& connection) const {
    return connection.visit == visit || has_carried(connection);
}

void ScenarioServer::State::refuse() {
    for (auto& [_, each] : listeners) each->refuse();
    if (proxy) proxy->refuse();
}

// The proxy after the listeners: its end would look like the client's.
void ScenarioServer::State::cut(net::Cut what) {
    for (auto& [_, each] : listeners) each->cut(what);
    if (proxy && what == net::Cut::all) proxy->cut();
}

void ScenarioServer::State::close() {
    changed.close();
    listeners.clear();
    proxy.reset();
    options.on_connection = nullptr;
}

std::size_t ScenarioServer::State::count(std::size_t (net::Listener::*of)() const) const {
    std::size_t out = 0;
    for (const auto& [_, each] : listeners) out += (*each.*of)();
    return out;
}

bool ScenarioServer::State::busy() const {
    if (proxy && (proxy->open_connections() > 0 || proxy->has_pending())) return true;
    if (count(proxy ? &net::Listener::open_connections : &net::Listener::busy_connections) > 0) return true;
    return std::ranges::any_of(listeners, [](const auto& each) { return each.second->has_pending(); });
}

// A statement that waits has no temporaries: GCC 12 destroys some of them twice.
asio::awaitable<void> ScenarioServer::State::settle(std::shared_ptr<State> self) {
    const auto limit = Clock::now() + settle_limit(self->options.deadlines);
    const Notifier::Condition idle = [state = self.get()] { return !state->busy(); };
    while (Clock::now() < limit) {
        auto look = self->changed.until(idle, Clock::now() + settle_look);
        if (co_await std::move(look) != Woken::deadline) co_return;
    }
    self->cut(net::Cut::busy);
}

asio::awaitable<void> ScenarioServer::State::handshake_done(std::shared_ptr<State> self) {
    const Notifier::Condition secured = [state = self.get()] { return state->secured; };
    auto wait = self->changed.until(secured);
    (void)co_await std::move(wait);
}

asio::awaitable<Woken> ScenarioServer::State::wait_for(std::shared_ptr<State> self, std::size_t count,
                                                       Clock::time_point deadline) {
    const Notifier::Condition all_ended = [state = self.get(), count] {
        return state->count(&net::Listener::busy_connections) == 0 && state->count_of_the_visit() >= count;
    };
    auto wait = self->changed.until(all_ended, deadline);
    co_return co_await std::move(wait);
}

ScenarioServer::ScenarioServer(std::shared_ptr<State> state) noexcept : state_(std::move(state)) {}

ScenarioServer::~ScenarioServer() { close(); }

Result<std::unique_ptr<ScenarioServer>> ScenarioServer::open(const asio::any_io_executor& executor,
                                                             Options options, Showing showing) {
    const auto state = std::make_shared<State>(executor, std::move(options), std::move(showing));
    std::unique_ptr<ScenarioServer> out(new ScenarioServer(state));
    Problems problems = state->listen(main_label, state->options.port);
    for (const std::string& label : state->options.ports)
        if (problems.empty()) problems = state->listen(label, 0);
    if (problems.empty()) problems = state->open_proxy();
    if (!problems.empty()) return problems;
    return out;
}

ServerPlace ScenarioServer::place(const scenario::At& at) const {
    const bool other = at.host != main_label && !state_->options.one_name;
    const auto listener = state_->listeners.find(at.port);
    return {other ? at.host + "." + state_->options.host : state_->options.host,
            listener == state_->listeners.end() ? port() : listener->second->port()};
}

std::uint16_t ScenarioServer::port() const { return state_->listeners.at(main_label)->port(); }

std::uint16_t ScenarioServer::proxy_port() const {
    return state_->proxy ? state_->proxy->port() : std::uint16_t{0};
}

void ScenarioServer::show(Showing showing) {
    state_->showing = std::move(showing);
    state_->swapped = state_->secured = false;
    state_->failure.clear();
}

void ScenarioServer::begin_visit(int number) { state_->begin_visit(number); }

std::vector<tls::Transcript> ScenarioServer::connections() const { return state_->of_the_visit(); }

std::size_t ScenarioServer::open_connections() const {
    return state_->count(&net::Listener::open_connections);
}

const std::vector<std::string>& ScenarioServer::said_to_proxy() const { return state_->said_to_proxy; }

const std::string& ScenarioServer::failure() const { return state_->failure; }

asio::awaitable<void> ScenarioServer::settle() { return State::settle(state_); }

asio::awaitable<void> ScenarioServer::handshake_done() { return State::handshake_done(state_); }

asio::awaitable<Woken> ScenarioServer::ended(std::size_t count, Clock::time_point deadline) {
    return State::wait_for(state_, count, deadline);
}

void ScenarioServer::cut() { state_->cut(net::Cut::all); }

void ScenarioServer::close() { state_->close(); }

}  // namespace guise::server
