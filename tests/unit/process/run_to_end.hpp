// Runs one operation of the stage on an io_context of its own.
#pragma once

#include "process/process.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>

namespace guise {

template <class T>
T run_to_end(boost::asio::awaitable<T> work) {
    boost::asio::io_context io;
    std::optional<T> out;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr thrown, T value) {
        if (thrown) std::rethrow_exception(thrown);
        out = std::move(value);
    });
    io.run();
    return std::move(out).value();
}

/// What `sh -c script` is started with.
inline process::Launch shell(std::string script) {
    process::Launch launch;
    launch.argv = {"sh", "-c", std::move(script)};
    launch.env = {{"PATH", "/usr/bin:/bin"}};
    return launch;
}

inline evidence::ProcessRecord run_shell(std::string script) {
    return run_to_end(process::run_process(shell(std::move(script))));
}

}  // namespace guise
