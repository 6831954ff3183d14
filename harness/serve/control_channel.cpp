#include "serve/control_channel.hpp"

#include "process/quiet_write.hpp"
#include "serve/control_connection.hpp"
#include "server/io_context.hpp"
#include "server/publisher.hpp"
#include "server/stop_signals.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace guise::serve {

namespace asio = boost::asio;
using boost::system::error_code;
using Local = asio::local::stream_protocol;
using Stream = ControlConnection::Stream;

namespace {

constexpr std::size_t most_peers = 256;
// The system may be out of descriptors or memory before the next try to accept.
constexpr std::chrono::milliseconds back_off{20};

// A copy of a descriptor that does not block, for as long as this lives; others may share what it is open on.
class Unblocked final {
 public:
    explicit Unblocked(int fd) : fd_(fd), flags_(::fcntl(fd, F_GETFL)) {
        if (flags_ >= 0) ::fcntl(fd_, F_SETFL, flags_ | O_NONBLOCK);
    }
    Unblocked(const Unblocked&) = delete;
    Unblocked& operator=(const Unblocked&) = delete;
    ~Unblocked() {
        if (flags_ >= 0) ::fcntl(fd_, F_SETFL, flags_);
    }
    [[nodiscard]] int copy() const { return ::dup(fd_); }

 private:
    int fd_;
    int flags_;
};

Problems make_dir(const std::filesystem::path& dir) {
    std::error_code error;
    std::filesystem::create_directories(dir, error);
    if (error) return Problem{{dir.string(), 0, 0}, "a folder that can be made", error.message()};
    return {};
}

// Accepts peers, each with a connection of its own.
class Peers final {
 public:
    Peers(Local::acceptor& acceptor, server::ChainProvider& provider, const std::filesystem::path& dir)
        : acceptor_(acceptor), provider_(provider), dir_(dir), pause_(acceptor.get_executor()) {}

    asio::awaitable<void> accept_all() {
        for (;;) {
            error_code error;
            Local::socket peer(acceptor_.get_executor());
            co_await acceptor_.async_accept(peer, asio::redirect_error(asio::use_awaitable, error));
            if (error == asio::error::operation_aborted) co_return;
            if (!error) {
                take(std::move(peer));
                continue;
            }
            pause_.expires_after(back_off);
            co_await pause_.async_wait(asio::redirect_error(asio::use_awaitable, error));
        }
    }

 private:
    void take(Local::socket peer) {
        error_code error;
        peer.native_non_blocking(true, error);
        const int out = ::dup(peer.native_handle());
        if (error || out < 0) return;
        Stream output(peer.get_executor(), out);
        if (open_ >= most_peers) return turn_away(output);
        Stream input(peer.get_executor());
        input.assign(peer.release(error), error);
        if (error) return;
        ++open_;
        const auto connection = std::make_shared<ControlConnection>(
            std::move(input), std::move(output), provider_, fmt::format("peer {}", ++number_), dir_,
            ControlConnection::Limits{});
        asio::co_spawn(pause_.get_executor(), connection->run(),
                       [this](const std::exception_ptr&, const std::string&) { --open_; });
    }

    // As much as fits into the socket's buffer, without a wait.
    static void turn_away(Stream& output) {
        const std::string why =
            error_text(nullptr, RpcCode::not_possible,
                       fmt::format("{} peers are connected, which is the limit", most_peers));
        (void)process::write_quietly(output.native_handle(), why + "\n");
    }

    Local::acceptor& acceptor_;
    server::ChainProvider& provider_;
    const std::filesystem::path& dir_;
    asio::steady_timer pause_;
    std::size_t open_ = 0;
    int number_ = 0;
};

// Listens at a path that its owner alone can connect to.
error_code listen(Local::acceptor& acceptor, const std::filesystem::path& socket) {
    error_code error;
    Local::endpoint endpoint;
    if (socket.native().size() >= sizeof(sockaddr_un::sun_path)) return asio::error::name_too_long;
    endpoint.path(socket.string());
    const mode_t before = ::umask(0077);
    acceptor.open(Local(), error);
    if (!error) acceptor.bind(endpoint, error);
    ::umask(before);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    return error;
}

}  // namespace

Problems control_on(server::ChainProvider& provider, int in, int out, const std::filesystem::path& dir) {
    if (Problems problems = make_dir(dir); !problems.empty()) return problems;
    const Unblocked input(in);
    const Unblocked output(out);
    std::string trouble;
    server::IoContext io;
    const server::StopSignals signals(io, [&io] { io.stop(); });
    const auto publisher = provider.open_publisher(io.get_executor());
    if (!publisher) return publisher.error();
    error_code refused;
    Stream from(io);
    Stream to(io);
    from.assign(input.copy(), refused);
    if (!refused) to.assign(output.copy(), refused);
    if (refused) return Problem{{}, "a pipe, a terminal or a socket", refused.message()};
    const auto connection = std::make_shared<ControlConnection>(std::move(from), std::move(to), provider,
                                                                "peer", dir, ControlConnection::Limits{});
    const server::IoContext::FrameGuard frames(io);
    asio::co_spawn(io, connection->run(), [&](const std::exception_ptr&, const std::string& wrong) {
        trouble = wrong;
        io.stop();
    });
    io.run();
    if (trouble.empty()) return {};
    return Problem{{}, "a peer that reads its answers", trouble};
}

Problems control_at(server::ChainProvider& provider, const std::filesystem::path& socket,
                    const std::filesystem::path& dir, const std::function<void()>& on_ready) {
    if (Problems problems = make_dir(dir); !problems.empty()) return problems;
    server::IoContext io;
    const server::StopSignals signals(io, [&io] { io.stop(); });
    const auto publisher = provider.open_publisher(io.get_executor());
    if (!publisher) return publisher.error();
    Local::acceptor acceptor(io);
    if (const error_code error = listen(acceptor, socket))
        return Problem{
            {socket.string(), 0, 0}, "a path for a Unix socket that is not in use", error.message()};
    Peers peers(acceptor, provider, dir);
    const server::IoContext::FrameGuard frames(io);
    asio::co_spawn(io, peers.accept_all(), [](const std::exception_ptr&) {});
    on_ready();
    io.run();
    ::unlink(socket.c_str());
    return {};
}

}  // namespace guise::serve
