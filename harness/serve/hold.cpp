#include "serve/hold.hpp"

#include "serve/line_buffer.hpp"
#include "server/io_context.hpp"
#include "server/publisher.hpp"
#include "server/stop_signals.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <unistd.h>

namespace guise::serve {

namespace asio = boost::asio;

namespace {

constexpr std::size_t longest_line = 1 << 16;  // of which nothing is read but its end

asio::awaitable<void> follow_lines(asio::posix::stream_descriptor input, HeldScenario& held,
                                   const HoldListener& listener, Problems& problems) {
    std::array<char, 4096> chunk{};
    LineBuffer lines(longest_line);
    boost::system::error_code error;
    while (!error) {
        const std::size_t size = co_await input.async_read_some(
            asio::buffer(chunk), asio::redirect_error(asio::use_awaitable, error));
        lines.receive({chunk.data(), size});
        while (lines.next()) {
            if (!held.next()) (void)held.show(held.scenario());  // it has presented something before
            problems = listener.on_visit(held);
            if (!problems.empty()) co_return;
        }
    }
}

}  // namespace

Problems hold(server::ChainProvider& provider, const scenario::Scenario& scenario,
              const HeldScenario::Options& options, int input, const HoldListener& listener) {
    server::IoContext io;
    const server::StopSignals signals(io, [&io] { io.stop(); });
    const auto publisher = provider.open_publisher(io.get_executor(), options.address, listener.on_fetch);
    if (!publisher) return publisher.error();
    std::unique_ptr<HeldScenario> held;
    auto opened = HeldScenario::open(io.get_executor(), provider, scenario, options,
                                     [&](const tls::Transcript& connection) {
                                         if (held) listener.on_connection(*held, connection);
                                     });
    if (!opened) return opened.error();
    held = std::move(*opened);
    Problems problems = listener.on_visit(*held);
    if (!problems.empty()) return problems;
    const server::IoContext::FrameGuard frames(io);
    asio::posix::stream_descriptor lines(io);
    boost::system::error_code refused;  // a file cannot be waited for: the visit stays
    lines.assign(::dup(input), refused);
    if (!refused)
        asio::co_spawn(io, follow_lines(std::move(lines), *held, listener, problems),
                       [&](const std::exception_ptr& error) {
                           if (error) std::rethrow_exception(error);
                           if (!problems.empty()) io.stop();
                       });
    io.run();
    return problems;
}

}  // namespace guise::serve
