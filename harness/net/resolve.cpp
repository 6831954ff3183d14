// getaddrinfo cannot be cancelled, and whoever joins its thread waits for it: asio's resolver does so when
// its context is destroyed. So the thread here is joined by no one. All that it touches is shared with the
// one who waits, and it ends by itself.
#include "net/resolve.hpp"

#include <boost/asio/io_context.hpp>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace guise::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

struct Shared {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Resolved> resolved;
};

}  // namespace

Resolved system_resolve(const std::string& host) {
    asio::io_context context;
    tcp::resolver resolver(context);
    Resolved out;
    for (const auto& found : resolver.resolve(host, "", out.error))
        out.addresses.push_back(found.endpoint().address());
    return out;
}

std::optional<Resolved> resolve_until(std::chrono::steady_clock::time_point deadline, const std::string& host,
                                      const Resolve& resolve) {
    boost::system::error_code no_address;
    const auto numeric = asio::ip::make_address(host, no_address);
    if (!no_address) return Resolved{{numeric}, {}};
    const auto shared = std::make_shared<Shared>();
    std::thread([shared, host, resolve] {
        Resolved resolved = resolve(host);
        const std::scoped_lock lock(shared->mutex);
        shared->resolved = std::move(resolved);
        shared->changed.notify_one();
    }).detach();
    std::unique_lock lock(shared->mutex);
    shared->changed.wait_until(lock, deadline, [&] { return shared->resolved.has_value(); });
    return std::exchange(shared->resolved, std::nullopt);
}

}  // namespace guise::net
