#include "server/notifier.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <optional>
#include <vector>

namespace guise::server::notifier_test {

using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

// Waits that are going on, and how each of them ended.
struct Place {
    asio::io_context io{1};
    std::optional<Notifier> notifier{io.get_executor()};
    bool ready = false;
    std::vector<std::optional<Woken>> ends = std::vector<std::optional<Woken>>(3);

    void wait(std::size_t which, Notifier::Clock::time_point deadline = Notifier::Clock::time_point::max()) {
        asio::co_spawn(io, notifier->until([this] { return ready; }, deadline),
                       [this, which](const std::exception_ptr& thrown, Woken how) {
                           if (thrown) std::rethrow_exception(thrown);
                           ends[which] = how;
                       });
    }
    // How many handlers ran, of those that are ready.
    std::size_t poll() {
        io.restart();
        return io.poll();
    }
};

const Notifier::Clock::time_point past{};

}  // namespace

TEST_CASE("a wait for what is true already ends at once", "[notifier]") {
    Place place;
    place.ready = true;
    place.wait(0, past);
    place.poll();
    CHECK(place.ends[0] == Woken::changed);
}

TEST_CASE("all waits are woken when what they wait for becomes true", "[notifier]") {
    Place place;
    for (const std::size_t each : {0, 1, 2}) place.wait(each);
    place.poll();
    place.ready = true;
    CHECK_FALSE(place.ends[0]);
    place.notifier->notify();
    place.poll();
    for (const auto& end : place.ends) CHECK(end == Woken::changed);
}

TEST_CASE("a notification of something else wakes no wait for good", "[notifier]") {
    Place place;
    place.wait(0);
    place.poll();
    place.notifier->notify();
    place.poll();
    CHECK_FALSE(place.ends[0]);
}

TEST_CASE("each wait has a deadline of its own", "[notifier]") {
    Place place;
    place.wait(0);
    place.wait(1, past);
    place.wait(2, deadline_after(1h));
    place.poll();
    CHECK_FALSE(place.ends[0]);
    CHECK(place.ends[1] == Woken::deadline);
    CHECK_FALSE(place.ends[2]);
}

TEST_CASE("several waits cost nothing while nothing happens", "[notifier]") {
    Place place;
    for (const std::size_t each : {0, 1, 2}) place.wait(each, deadline_after(1h));
    place.poll();
    CHECK(place.poll() == 0);
}

TEST_CASE("closing ends the waits that go on and those to come", "[notifier]") {
    Place place;
    place.wait(0);
    place.poll();
    place.notifier->close();
    place.ready = true;  // which is not asked for any more
    place.wait(1);
    place.poll();
    CHECK(place.ends[0] == Woken::closed);
    CHECK(place.ends[1] == Woken::closed);
}

TEST_CASE("a wait outlives its notifier", "[notifier]") {
    Place place;
    place.wait(0);
    place.poll();
    place.notifier.reset();
    place.poll();
    CHECK(place.ends[0] == Woken::closed);
}

TEST_CASE("a wait may go with its context before the notifier goes", "[notifier]") {
    auto io = std::make_unique<asio::io_context>(1);
    Notifier notifier(io->get_executor());
    asio::co_spawn(*io, notifier.until([] { return false; }), [](const std::exception_ptr&, Woken) {});
    io->poll();
    io.reset();
    notifier.notify();
    SUCCEED();
}

TEST_CASE("a time that is too long for the clock is the end of all time", "[notifier]") {
    CHECK(deadline_after(std::chrono::milliseconds::max()) == Notifier::Clock::time_point::max());
    CHECK(deadline_after(1h) > Notifier::Clock::now());
    CHECK(deadline_after(1h) < Notifier::Clock::now() + 2h);
}

}  // namespace guise::server::notifier_test
