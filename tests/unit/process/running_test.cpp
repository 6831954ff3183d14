#include "process/running.hpp"

#include "process/kit.hpp"

#include <boost/asio/io_context.hpp>

#include <csignal>
#include <memory>

namespace guise::process::running_test {

namespace asio = boost::asio;

TEST_CASE("the end of a process is seen, and then how it went", "[running]") {
    asio::io_context io;
    const auto running = std::make_shared<Running>(io.get_executor());
    Spawned spawned = started("exit 3");
    running->take(spawned);
    CHECK(running->is_there());
    guise::evidence::ProcessRecord record;
    running->on_end([running, &record] { running->reap(record); });
    io.run();
    CHECK(record.exit_code == 3);
    CHECK_FALSE(running->is_there());
    CHECK(no_child_is_left());
}

TEST_CASE("a process that is reaped before its end is killed, and its end is not told", "[running]") {
    asio::io_context io;
    const auto running = std::make_shared<Running>(io.get_executor());
    Spawned spawned = started("exec sleep 60");
    running->take(spawned);
    bool told = false;
    running->on_end([running, &told] { told = true; });
    CHECK_FALSE(running->has_ended());
    guise::evidence::ProcessRecord record;
    running->reap(record);
    running->stop_watching();
    io.run();
    CHECK(record.signal == SIGKILL);
    CHECK_FALSE(told);
    CHECK(no_child_is_left());
}

TEST_CASE("a process goes with whoever watches it, and with the io_context that it is watched by",
          "[running]") {
    {
        asio::io_context io;
        const auto running = std::make_shared<Running>(io.get_executor());
        Spawned spawned = started("exec sleep 60");
        running->take(spawned);
        running->on_end([running] {});
        io.poll();
    }
    CHECK(no_child_is_left());
}

TEST_CASE("all of the group is killed", "[running]") {
    asio::io_context io;
    Running running(io.get_executor());
    Spawned spawned = started("sleep 60 & echo $!; wait");
    running.take(spawned);
    running.kill_group();
    guise::evidence::ProcessRecord record;
    running.reap(record);
    CHECK(record.signal == SIGKILL);
}

}  // namespace guise::process::running_test
