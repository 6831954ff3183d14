#include "net/listener.hpp"

#include "net/acceptor.hpp"
#include "net/connection.hpp"

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
    tls::Choose choose;
    Ended ended;
    Deadlines deadlines;
    Converse conversation;
    std::set<std::shared_ptr<Connection>> connections;

    State(const asio::any_io_executor& executor, tls::Choose to_choose, Ended to_tell, Deadlines patience,
          Converse to_say)
        : acceptor(std::make_shared<Acceptor>(executor)),
          choose(std::move(to_choose)),
          ended(std::move(to_tell)),
          deadlines(patience),
          conversation(std::move(to_say)) {}

    void add(tcp::socket socket, const tcp::endpoint& peer);
    void cut();
    void close();
};

void Listener::State::add(tcp::socket socket, const tcp::endpoint& peer) {
    // Plain pointers: the listener ends all its connections before this is gone.
    auto connection = std::make_shared<Connection>(
        std::move(socket), peer, [this](const tls::ClientHello& hello) { return choose(hello); },
        conversation(),
        [this](Connection& which, tls::Transcript transcript) {
            const auto keep = shared_from_this();  // `ended` may destroy the listener
            connections.erase(which.shared_from_this());
            ended(std::move(transcript));
        },
        deadlines);
    connections.insert(connection);
    connection->start();
}

void Listener::State::cut() {
    const auto keep = shared_from_this();
    for (const auto& connection : std::set(connections)) connection->cut();
}

void Listener::State::close() {
    acceptor->close();
    cut();
}

Result<std::unique_ptr<Listener>> Listener::open(const asio::any_io_executor& executor,
                                                 const std::string& address, std::uint16_t port,
                                                 tls::Choose choose, Ended ended, Deadlines deadlines,
                                                 Converse to_say) {
    error_code error;
    const auto numeric = asio::ip::make_address(address, error);
    if (error) return cannot("a numeric address to listen on", address, port, error.message());
    if (!to_say) to_say = [] { return converse(service::short_answer(), {}); };
    auto state =
        std::make_shared<State>(executor, std::move(choose), std::move(ended), deadlines, std::move(to_say));
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

bool Listener::has_pending() const noexcept { return state_->acceptor->has_pending(); }

void Listener::refuse() { state_->acceptor->refuse(); }

void Listener::cut() { state_->cut(); }

}  // namespace guise::net
