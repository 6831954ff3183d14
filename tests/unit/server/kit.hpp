// What tests share above the pure stages: a chain provider, and coroutines that are run to their end.
#pragma once

#include "inputs/kit.hpp"
#include "server/chain_provider.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>

namespace guise::kit {

using server::ChainProvider;
using server::SeededGenerator;

inline ChainProvider make_provider(const RunInputs& of = inputs()) {
    return {of, SeededGenerator("seed"), now, {}};
}

/// Runs one operation on `io`, to its end.
template <class T>
T run_to_end(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
    std::optional<T> out;
    boost::asio::co_spawn(io, std::move(work), [&](const std::exception_ptr& thrown, T value) {
        if (thrown) std::rethrow_exception(thrown);
        out = std::move(value);
    });
    io.restart();
    io.run();
    return std::move(out).value();
}

/// Runs one operation on an `io` that has other work too, until the operation has ended.
template <class T>
T run_until_done(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
    std::optional<T> out;
    boost::asio::co_spawn(io, std::move(work), [&](const std::exception_ptr& thrown, T value) {
        if (thrown) std::rethrow_exception(thrown);
        out = std::move(value);
    });
    io.restart();
    while (!out && io.run_one_for(std::chrono::seconds(60)) == 1) {
    }
    return std::move(out).value();
}

}  // namespace guise::kit
