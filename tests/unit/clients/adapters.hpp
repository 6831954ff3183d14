// Adapters that tests start: those of tests/system/adapters, and one-line shells.
#pragma once

#include "clients/home.hpp"
#include "clients/rpc/adapter.hpp"
#include "process/run_to_end.hpp"

#include <boost/asio/this_coro.hpp>

#include <functional>
#include <string>

namespace guise::clients {

using namespace std::chrono_literals;

inline process::Launch script(const std::string& name) {
    process::Launch launch;
    launch.argv = {"/usr/bin/python3", "-B", GUISE_SOURCE_DIR "/tests/system/adapters/" + name + ".py"};
    launch.env = {{"PATH", "/usr/bin:/bin"}};
    return launch;
}

/// What an adapter never has to wait for here; a test that waits for the end of it takes that long.
constexpr AdapterPatience generous{60s, 60s, 60s, 60s, 60s};

/// Runs `work` with an adapter on an io_context of its own.
template <class T>
T with_adapter(const process::Launch& launch, const AdapterPatience& patience, const RpcLimits& limits,
               std::function<boost::asio::awaitable<T>(Adapter&)> work) {
    boost::asio::io_context io;
    Adapter adapter(io.get_executor(), launch, "1.0", patience, limits);
    std::optional<T> out;
    boost::asio::co_spawn(io, work(adapter), [&](std::exception_ptr thrown, T value) {
        io.stop();
        if (thrown) std::rethrow_exception(thrown);
        out = std::move(value);
    });
    io.run();
    return std::move(out).value();
}

inline bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace guise::clients
