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
using Endpoints = std::vector<tcp::endpoint>;

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

asio::awaitable<void> fetch(const Endpoints& there, tls::ChainProbe& probe) {
    tcp::socket socket(co_await asio::this_coro::executor);
    co_await asio::async_connect(socket, there, asio::use_awaitable);
    co_await shake_hands(std::move(socket), probe);
}

// Lets the probe ask one of the endpoints. Returns why it has not got to its end; empty where it has.
std::string ask(const Endpoints& there, tls::ChainProbe& probe, std::chrono::steady_clock::time_point until,
                std::string trouble) {
    asio::io_context io{1};  // last, and so gone before what its coroutine refers to
    asio::co_spawn(io, fetch(there, probe), [&](const std::exception_ptr& error) {
        trouble = probe.failure();
        try {
            if (error) std::rethrow_exception(error);
        } catch (const boost::system::system_error& failed) {
            trouble = failed.code().message();
        }
    });
    io.run_until(until);
    return trouble;
}

}  // namespace

Result<tls::ShownChain> fetch_chain(const std::string& host, std::uint16_t port,
                                    std::chrono::milliseconds deadline, const Resolve& resolve) {
    const auto until = std::chrono::steady_clock::now() + deadline;
    tls::ChainProbe probe(host);
    std::string trouble = fmt::format("none within {} ms", deadline.count());
    if (const auto resolved = resolve_until(until, host, resolve); resolved && resolved->error) {
        trouble = resolved->error.message();
    } else if (resolved) {
        Endpoints there;
        for (const auto& address : resolved->addresses) there.emplace_back(address, port);
        trouble = ask(there, probe, until, std::move(trouble));
    }
    if (!probe.shown().certificates.empty()) return probe.shown();
    return Problem{
        {fmt::format("{}:{}", in_url(host), port), 0, 0}, "a TLS server that shows a certificate", trouble};
}

}  // namespace guise::net
