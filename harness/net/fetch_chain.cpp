#include "net/fetch_chain.hpp"

#include "base/ascii.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <array>

namespace guise::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

asio::awaitable<void> shake_hands(tcp::socket socket, tls::ChainProbe& probe) {
    std::array<std::uint8_t, 16 * 1024> chunk{};
    for (;;) {
        const Bytes out = probe.take_output();
        if (!out.empty()) co_await asio::async_write(socket, asio::buffer(out), asio::use_awaitable);
        if (probe.done()) co_return;
        const std::size_t got = co_await socket.async_read_some(asio::buffer(chunk), asio::use_awaitable);
        probe.receive({chunk.data(), got});
    }
}

asio::awaitable<void> fetch(const std::string& host, std::uint16_t port, tls::ChainProbe& probe) {
    const auto executor = co_await asio::this_coro::executor;
    tcp::resolver resolver(executor);
    const auto found = co_await resolver.async_resolve(host, std::to_string(port), asio::use_awaitable);
    tcp::socket socket(executor);
    co_await asio::async_connect(socket, found, asio::use_awaitable);
    co_await shake_hands(std::move(socket), probe);
}

}  // namespace

Result<tls::ShownChain> fetch_chain(const std::string& host, std::uint16_t port,
                                    std::chrono::milliseconds deadline) {
    asio::io_context io{1};
    tls::ChainProbe probe(host);
    std::string trouble = fmt::format("none within {} ms", deadline.count());
    asio::co_spawn(io, fetch(host, port, probe), [&](const std::exception_ptr& error) {
        trouble = probe.failure();
        try {
            if (error) std::rethrow_exception(error);
        } catch (const boost::system::system_error& failed) {
            trouble = failed.code().message();
        }
    });
    io.run_for(deadline);
    if (!probe.shown().certificates.empty()) return probe.shown();
    return Problem{
        {fmt::format("{}:{}", in_url(host), port), 0, 0}, "a TLS server that shows a certificate", trouble};
}

}  // namespace guise::net
