#include "serve/hold.hpp"

#include "server/publisher.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <unistd.h>

namespace guise::serve {

namespace asio = boost::asio;

namespace {

asio::awaitable<void> follow_lines(asio::posix::stream_descriptor lines, HeldScenario& held,
                                   const HoldListener& listener, Problems& problems) {
    std::string buffer;
    for (;;) {
        const std::size_t size = co_await asio::async_read_until(lines, asio::dynamic_buffer(buffer, 1 << 16),
                                                                 '\n', asio::use_awaitable);
        buffer.erase(0, size);
        if (!held.next()) (void)held.show(held.scenario());  // it has presented something before
        problems = listener.on_visit(held);
        if (!problems.empty()) co_return;
    }
}

}  // namespace

Problems hold(server::ChainProvider& provider, const scenario::Scenario& scenario,
              const HeldScenario::Options& options, int input, const HoldListener& listener) {
    asio::io_context io{1};
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](boost::system::error_code, int) { io.stop(); });
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
    asio::posix::stream_descriptor lines(io);
    boost::system::error_code refused;  // a file cannot be waited for: then nobody presses Enter
    lines.assign(::dup(input), refused);
    if (!refused)
        asio::co_spawn(io, follow_lines(std::move(lines), *held, listener, problems),
                       [&](const std::exception_ptr&) {
                           if (!problems.empty()) io.stop();
                       });
    io.run();
    return problems;
}

}  // namespace guise::serve
