#include "net/listener.hpp"

#include "net/acceptor.hpp"
#include "net/connection.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace guise::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

Problems cannot(std::string_view what, const std::string& address, std::uint16_t port,
                const std::string& why) {
    return Problem{.where = {},
                   .expected = std::string(what),
                   .found = address + " port " + std::to_string(port) + ": " + why};
}

}  // namespace

struct Listener::State : std::enable_shared_from_this<State> {
    std::shared_ptr<Acceptor> acceptor;
    ListenerOptions options;
    Choose choose;
    Ended ended;
    std::set<std::shared_ptr<Connection>> connections;

    State(const asio::any_io_executor& executor, ListenerOptions with, Choose to_choose, Ended to_report)
        : acceptor(std::make_shared<Acceptor>(executor)),
          options(std::move(with)),
          choose(std::move(to_choose)),
          ended(std::move(to_report)) {}

    void complete(Destination& destination, const tcp::endpoint& peer) const;
    void add(tcp::socket socket, const tcp::endpoint& peer);
    [[nodiscard]] std::vector<std::shared_ptr<Connection>> at_rest() const;
    void cut(Cut what);
    void close();
};

// With what only the listener knows.
void Listener::State::complete(Destination& destination, const tcp::endpoint& peer) const {
    destination.listener = options.label;
    if (!options.proxied) return;
    if (const auto found = options.proxied->find(peer); found != options.proxied->end())
        destination.proxy = found->second;
}

void Listener::State::add(tcp::socket socket, const tcp::endpoint& peer) {
    // Plain pointers: the listener ends all its connections before this is gone.
    auto connection = std::make_shared<Connection>(
        std::move(socket), peer,
        [this, peer](Destination destination) {
            complete(destination, peer);
            return choose(destination);
        },
        options.converse(),
        [this](Connection& which, tls::Transcript transcript) {
            const auto keep = shared_from_this();  // `ended` may destroy the listener
            connections.erase(which.shared_from_this());
            ended(std::move(transcript));
        },
        options.deadlines);
    connections.insert(connection);
    connection->start();
}

std::vector<std::shared_ptr<Connection>> Listener::State::at_rest() const {
    std::vector<std::shared_ptr<Connection>> out;
    std::ranges::copy_if(connections, std::back_inserter(out),
                         [](const auto& connection) { return connection->at_rest(); });
    return out;
}

void Listener::State::cut(Cut what) {
    const auto keep = shared_from_this();
    for (const auto& connection : std::set(connections))
        if (what == Cut::all || !connection->at_rest()) connection->cut();
}

void Listener::State::close() {
    acceptor->close();
    cut(Cut::all);
}

Result<std::unique_ptr<Listener>> Listener::open(const asio::any_io_executor& executor,
                                                 ListenerOptions options, Choose choose, Ended ended) {
    error_code error;
    const std::string address = options.address;
    const std::uint16_t port = options.port;
    const auto numeric = asio::ip::make_address(address, error);
    if (error) return cannot("a numeric address to listen on", address, port, error.message());
    if (!options.converse) options.converse = [] { return converse(service::short_answer(), {}); };
    auto state = std::make_shared<State>(executor, std::move(options), std::move(choose), std::move(ended));
    // A plain pointer: the acceptor is closed before the state is gone.
    error = state->acceptor->open({numeric, port},
                                  [state = state.get()](tcp::socket socket, const tcp::endpoint& peer) {
                                      state->add(std::move(socket), peer);
                                  });
    if (error) return cannot("an address to listen on", address, port, error.message());
    return std::unique_ptr<Listener>(new Listener(std::move(state)));
}

Listener::Listener(std::shared_ptr<State> state) noexcept : state_(std::move(state)) {}

Listener::~Listener() { state_->close(); }

std::uint16_t Listener::port() const noexcept { return state_->acceptor->port(); }

std::size_t Listener::open_connections() const noexcept { return state_->connections.size(); }

std::size_t Listener::busy_connections() const { return open_connections() - state_->at_rest().size(); }

bool Listener::has_pending() const noexcept { return state_->acceptor->has_pending(); }

void Listener::refuse() { state_->acceptor->refuse(); }

std::vector<tls::Transcript> Listener::at_rest() const {
    std::vector<tls::Transcript> out;
    for (const auto& connection : state_->at_rest()) out.push_back(connection->so_far());
    return out;
}

void Listener::begin_visit() {
    for (const auto& connection : state_->at_rest()) connection->begin_visit(state_->options.converse());
}

void Listener::cut(Cut what) { state_->cut(what); }

}  // namespace guise::net
