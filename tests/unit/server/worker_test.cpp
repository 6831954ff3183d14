#include "server/worker.hpp"

#include "server/kit.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <catch2/catch.hpp>

#include <future>
#include <thread>

namespace guise::server::worker_test {
namespace {

// Work that has begun, and goes on until it is let go. The waiter can be seen to have ended. It is made
// before the worker, whose destructor waits for the work.
struct Held {
    std::promise<void> begun;
    std::promise<void> let_go;
    std::optional<int> value;
    bool failed = false;

    boost::asio::awaitable<int> run(Worker& worker) {
        auto work = [this] {
            begun.set_value();
            let_go.get_future().wait();
            return 7;
        };
        const int out = co_await worker.run(std::move(work));
        co_return out;
    }
    // Starts it on `io`, and returns when the thread is at it.
    void start(boost::asio::io_context& io, Worker& worker,
               boost::asio::cancellation_slot slot = boost::asio::cancellation_slot()) {
        auto ended = [this](const std::exception_ptr& error, int out) {
            failed = error != nullptr;
            if (!failed) value = out;
        };
        boost::asio::co_spawn(io, run(worker), boost::asio::bind_cancellation_slot(slot, ended));
        io.poll();
        begun.get_future().wait();
    }
};

}  // namespace

TEST_CASE("work is done on another thread, and the waiter goes on where it was", "[worker]") {
    boost::asio::io_context io{1};
    Worker worker;
    std::thread::id of_the_work, of_the_waiter;
    const auto both = [&]() -> boost::asio::awaitable<int> {
        auto work = [&] {
            of_the_work = std::this_thread::get_id();
            return 42;
        };
        const int out = co_await worker.run(std::move(work));
        of_the_waiter = std::this_thread::get_id();
        co_return out;
    };
    CHECK(kit::run_to_end(io, both()) == 42);
    CHECK(of_the_waiter == std::this_thread::get_id());
    CHECK(of_the_work != of_the_waiter);
}

TEST_CASE("the serving thread does other things while work is done", "[worker]") {
    Held held;
    boost::asio::io_context io{1};
    Worker worker;
    held.start(io, worker);
    bool served = false;
    boost::asio::post(io, [&] { served = true; });
    io.poll();
    CHECK(served);
    CHECK_FALSE(held.value);
    held.let_go.set_value();
    io.run();
    CHECK(held.value == 7);
}

TEST_CASE("work is done in the order in which it was asked for", "[worker]") {
    boost::asio::io_context io{1};
    std::string order;
    {
        Worker worker;
        for (const char letter : {'a', 'b', 'c'}) worker.post([&order, letter] { order += letter; });
        const auto last = [&]() -> boost::asio::awaitable<std::string> {
            auto work = [&] { return order + "d"; };
            std::string out = co_await worker.run(std::move(work));
            co_return out;
        };
        CHECK(kit::run_to_end(io, last()) == "abcd");
    }
    CHECK(order == "abc");
}

TEST_CASE("an exception of the work is the waiter's", "[worker]") {
    boost::asio::io_context io{1};
    Worker worker;
    const auto failing = [&]() -> boost::asio::awaitable<int> {
        auto work = []() -> int { throw std::runtime_error("no memory"); };
        const int out = co_await worker.run(std::move(work));
        co_return out;
    };
    CHECK_THROWS_WITH(kit::run_to_end(io, failing()), "no memory");
}

TEST_CASE("a waiter that is cancelled ends at once and leaves the work to its end", "[worker]") {
    Held held;
    boost::asio::io_context io{1};
    Worker worker;
    boost::asio::cancellation_signal signal;
    held.start(io, worker, signal.slot());
    signal.emit(boost::asio::cancellation_type::terminal);
    io.restart();
    io.run();
    CHECK(held.failed);
    held.let_go.set_value();
}

TEST_CASE("the context may be destroyed before the worker while work is done", "[worker]") {
    Held held;
    Worker worker;
    {
        boost::asio::io_context io{1};
        held.start(io, worker);
    }
    held.let_go.set_value();
    CHECK_FALSE(held.value);
}

TEST_CASE("the worker may be destroyed before the context while work is done", "[worker]") {
    Held held;
    boost::asio::io_context io{1};
    {
        Worker worker;
        held.start(io, worker);
        held.let_go.set_value();
    }
    io.restart();
    io.run();
    CHECK(held.value == 7);
}

}  // namespace guise::server::worker_test
