// One coroutine reads lines and begins an answer for each; one writes the answers as they are ready. So a
// `wait` holds up nothing, and two answers never mix in a line.
#include "serve/control_channel.hpp"

#include "serve/control.hpp"
#include "server/publisher.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

namespace guise::serve {

namespace asio = boost::asio;
using asio::use_awaitable;
using boost::system::error_code;
using Local = asio::local::stream_protocol;

namespace {

constexpr std::size_t longest_line = 1 << 20;
constexpr std::size_t answers_kept = 1024;

// A talk over a pair of streams. It is owned by its coroutines, so that it lives until the last answer is
// written.
template <class In, class Out>
class Talk final : public std::enable_shared_from_this<Talk<In, Out>> {
 public:
    Talk(In in, Out out, server::ChainProvider& provider, const std::string& name,
         const std::filesystem::path& dir)
        : in_(std::move(in)),
          out_(std::move(out)),
          control_(in_.get_executor(), provider, name, dir),
          answers_(in_.get_executor(), answers_kept),
          written_(in_.get_executor()) {}

    asio::awaitable<void> run() {
        const auto self = this->shared_from_this();
        asio::co_spawn(in_.get_executor(), write(),
                       [self](const std::exception_ptr&) { self->written_.close(); });
        std::string buffer;
        for (;;) {
            error_code error;
            const std::size_t size =
                co_await asio::async_read_until(in_, asio::dynamic_buffer(buffer, longest_line), '\n',
                                                asio::redirect_error(use_awaitable, error));
            if (error) break;
            std::string line = buffer.substr(0, size - 1);
            buffer.erase(0, size);
            if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
            ++under_way_;
            asio::co_spawn(in_.get_executor(), answer(std::move(line)),
                           [self](const std::exception_ptr&) { self->done(); });
        }
        reading_ = false;
        if (under_way_ == 0) finish();
        error_code over;
        co_await written_.async_receive(asio::redirect_error(use_awaitable, over));
    }

 private:
    asio::awaitable<void> answer(std::string line) {
        std::string text = co_await control_.answer(std::move(line));
        if (!text.empty()) co_await answers_.async_send(error_code(), text + "\n", use_awaitable);
    }

    // An empty text ends the writing, after all that was sent before it.
    void finish() {
        answers_.async_send(error_code(), std::string(), [self = this->shared_from_this()](error_code) {});
    }

    void done() {
        if (--under_way_ == 0 && !reading_) finish();
    }

    asio::awaitable<void> write() {
        const auto self = this->shared_from_this();
        for (;;) {
            const std::string text = co_await answers_.async_receive(use_awaitable);
            if (text.empty()) co_return;
            co_await asio::async_write(out_, asio::buffer(text), use_awaitable);
        }
    }

    In in_;
    Out out_;
    Control control_;
    asio::experimental::channel<void(error_code, std::string)> answers_;
    asio::experimental::channel<void(error_code)> written_;  // closed when the last answer has been written
    std::size_t under_way_ = 0;
    bool reading_ = true;
};

asio::awaitable<void> serve_partners(Local::acceptor& acceptor, server::ChainProvider& provider,
                                     std::filesystem::path dir) {
    for (int number = 1;; ++number) {
        Local::socket in = co_await acceptor.async_accept(use_awaitable);
        Local::socket out(in.get_executor(), Local(), ::dup(in.native_handle()));
        const auto talk = std::make_shared<Talk<Local::socket, Local::socket>>(
            std::move(in), std::move(out), provider, fmt::format("partner {}", number), dir);
        asio::co_spawn(acceptor.get_executor(), talk->run(), [talk](const std::exception_ptr&) {});
    }
}

Problems make_dir(const std::filesystem::path& dir) {
    std::error_code error;
    std::filesystem::create_directories(dir, error);
    if (error) return Problem{{dir.string(), 0, 0}, "a folder that can be made", error.message()};
    return {};
}

}  // namespace

Problems control_on(server::ChainProvider& provider, int in, int out, const std::filesystem::path& dir) {
    using Stream = asio::posix::stream_descriptor;
    if (Problems problems = make_dir(dir); !problems.empty()) return problems;
    asio::io_context io{1};
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](error_code error, int) {
        if (!error) io.stop();
    });
    const auto publisher = provider.open_publisher(io.get_executor());
    if (!publisher) return publisher.error();
    error_code refused;
    Stream input(io);
    Stream output(io);
    input.assign(::dup(in), refused);
    if (!refused) output.assign(::dup(out), refused);
    if (refused) return Problem{{}, "a pipe, a terminal or a socket to talk over", refused.message()};
    const auto talk =
        std::make_shared<Talk<Stream, Stream>>(std::move(input), std::move(output), provider, "talk", dir);
    asio::co_spawn(io, talk->run(), [&io](const std::exception_ptr&) { io.stop(); });
    io.run();
    return {};
}

Problems control_at(server::ChainProvider& provider, const std::filesystem::path& socket,
                    const std::filesystem::path& dir, const std::function<void()>& on_ready) {
    if (Problems problems = make_dir(dir); !problems.empty()) return problems;
    asio::io_context io{1};
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](error_code, int) { io.stop(); });
    const auto publisher = provider.open_publisher(io.get_executor());
    if (!publisher) return publisher.error();
    Local::acceptor acceptor(io);
    error_code error;
    const mode_t before = ::umask(0077);
    acceptor.open(Local(), error);
    if (!error) acceptor.bind(Local::endpoint(socket.string()), error);
    ::umask(before);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return Problem{
            {socket.string(), 0, 0}, "a path for a Unix socket that is not in use", error.message()};
    asio::co_spawn(io, serve_partners(acceptor, provider, dir), asio::detached);
    on_ready();
    io.run();
    ::unlink(socket.c_str());
    return {};
}

}  // namespace guise::serve
