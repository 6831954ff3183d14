// How many visits may be going on at once.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>

namespace guise::run {

/// A counting semaphore for coroutines of one thread; those that wait are served in their order.
///
/// Lifetime: permits and waits may outlive it.
class Limiter final {
    struct State;

 public:
    Limiter(boost::asio::any_io_executor executor, std::size_t count);

    /// One permit, given back when it is destroyed.
    class Permit final {
     public:
        explicit Permit(std::shared_ptr<State> limiter) noexcept : limiter_(std::move(limiter)) {}
        Permit(Permit&&) noexcept = default;
        Permit& operator=(Permit&&) = delete;
        ~Permit();

     private:
        std::shared_ptr<State> limiter_;
    };

    /// Waits for a free permit.
    boost::asio::awaitable<Permit> take();

 private:
    class Waiter;
    static boost::asio::awaitable<Permit> wait(std::shared_ptr<State> state);

    std::shared_ptr<State> state_;
};

/// Cases that take turns. A case makes its chain and its folders, or is judged, while the clients of others
/// run, so that processors do not wait for each other.
struct CaseLimits {
    CaseLimits(const boost::asio::any_io_executor& executor, std::size_t jobs, std::size_t cases_of_a_job)
        : cases(executor, cases_of_a_job * jobs), visits(executor, jobs) {}

    Limiter cases;
    Limiter visits;  // of clients that run, which is what `jobs` counts
};

/// How much of a run may be going on at once. Visits to a server that stalls take time and hardly a
/// processor: as many of them as there are jobs take turns under limits of their own, unless there is one
/// job, which is one visit at a time.
class RunLimits final {
 public:
    RunLimits(const boost::asio::any_io_executor& executor, std::size_t jobs)
        : limits_(executor, jobs, 2), silent_(executor, jobs, 1), one_by_one_(jobs == 1) {}

    [[nodiscard]] CaseLimits& limits(bool stalls) { return stalls && !one_by_one_ ? silent_ : limits_; }

 private:
    CaseLimits limits_;
    CaseLimits silent_;
    bool one_by_one_;
};

}  // namespace guise::run
