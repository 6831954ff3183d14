#include "server/task_group.hpp"

#include "server/io_context.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>

#include <optional>
#include <stdexcept>

namespace guise::server::task_group_test {

namespace asio = boost::asio;

namespace {

asio::awaitable<void> some_turns(int turns, int& ended) {
    for (int i = 0; i < turns; ++i) co_await asio::post(asio::use_awaitable);
    ++ended;
}

asio::awaitable<void> failing() {
    co_await asio::post(asio::use_awaitable);
    throw std::runtime_error("it went wrong");
}

struct Place {
    int ended = 0;
    bool waited = false;
    std::string failure;
    IoContext io;
    std::optional<TaskGroup> group{io.get_executor()};

    void wait() {
        asio::co_spawn(io, group->wait(), [this](const std::exception_ptr& error) {
            waited = true;
            try {
                if (error) std::rethrow_exception(error);
            } catch (const std::exception& thrown) {
                failure = thrown.what();
            }
        });
    }
};

}  // namespace

TEST_CASE("a wait ends when the last task has ended", "[tasks]") {
    Place place;
    for (int turns : {1, 5, 3}) place.group->spawn(some_turns(turns, place.ended));
    place.wait();
    place.io.run();
    CHECK(place.waited);
    CHECK(place.ended == 3);
    CHECK(place.failure.empty());
}

TEST_CASE("a wait for no task ends at once", "[tasks]") {
    Place place;
    place.wait();
    place.io.run();
    CHECK(place.waited);
}

TEST_CASE("a task that throws costs no other, and the wait throws in the end", "[tasks]") {
    Place place;
    place.group->spawn(failing());
    place.group->spawn(some_turns(5, place.ended));
    place.wait();
    place.io.run();
    CHECK(place.ended == 1);
    CHECK(place.failure == "it went wrong");
}

TEST_CASE("tasks may outlive their group", "[tasks]") {
    Place place;
    place.group->spawn(some_turns(5, place.ended));
    place.group.reset();
    place.io.run();
    CHECK(place.ended == 1);
}

TEST_CASE("tasks and the wait for them may be destroyed while they go on", "[tasks]") {
    Place place;
    {
        const IoContext::FrameGuard frames(place.io);
        place.group->spawn(some_turns(5, place.ended));
        place.wait();
        for (int i = 0; i < 4; ++i) place.io.poll_one();
    }
    CHECK(place.ended == 0);
    CHECK_FALSE(place.waited);
}

}  // namespace guise::server::task_group_test
