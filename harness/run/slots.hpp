// How many visits may be going on at once.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/experimental/channel.hpp>

#include <memory>

namespace guise::run {

/// A counting semaphore for coroutines of one thread; those that wait are served in their order.
class Slots final {
 public:
    Slots(boost::asio::any_io_executor executor, std::size_t count);

    /// One slot, given back when it is destroyed. Not valid after the slots are gone.
    class Held final {
     public:
        explicit Held(Slots& slots) noexcept : slots_(&slots) {}
        Held(Held&& other) noexcept : slots_(std::exchange(other.slots_, nullptr)) {}
        Held& operator=(Held&&) = delete;
        ~Held();

     private:
        Slots* slots_;
    };

    /// Waits for a free slot.
    boost::asio::awaitable<Held> take();

 private:
    using Channel = boost::asio::experimental::channel<void(boost::system::error_code)>;
    Channel used_;
};

/// Cases that take turns. A case makes its chain and its folders, or is judged, while the clients of others
/// run, so that processors do not wait for each other.
struct Lane {
    Lane(const boost::asio::any_io_executor& executor, std::size_t jobs, std::size_t cases_of_a_job)
        : cases(executor, cases_of_a_job * jobs), visits(executor, jobs) {}

    Slots cases;
    Slots visits;  // of clients that run, which is what `jobs` counts
};

/// How much of a run may be going on at once. Visits to a server that falls silent take time and hardly a
/// processor: as many of them as there are jobs take turns in a lane of their own, unless there is one job,
/// which is one visit at a time.
class Pace final {
 public:
    Pace(const boost::asio::any_io_executor& executor, std::size_t jobs)
        : lane_(executor, jobs, 2), silent_(executor, jobs, 1), one_by_one_(jobs == 1) {}

    [[nodiscard]] Lane& lane(bool falls_silent) { return falls_silent && !one_by_one_ ? silent_ : lane_; }

 private:
    Lane lane_;
    Lane silent_;
    bool one_by_one_;
};

}  // namespace guise::run
