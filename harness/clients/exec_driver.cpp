#include "clients/exec_driver.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

namespace guise::clients {

namespace asio = boost::asio;

asio::awaitable<evidence::ClientRecord> ExecDriver::connect(Attempt attempt) {
    evidence::ClientRecord record;
    std::optional<process::Launch> launch = ready(attempt, record);
    if (!launch) co_return record;
    record.process = co_await process::run_process(std::move(*launch));
    // Of a visit that was stopped nothing more is waited for, and what was seen of it is kept.
    const asio::cancellation_state stopped = co_await asio::this_coro::cancellation_state;
    if (stopped.cancelled() == asio::cancellation_type::none)
        co_await wait_for_orphans(attempt.place.home, record);
    look_after(attempt, record);
    co_return record;
}

DriverType exec_driver_type() {
    DriverType out{.name = "exec", .lacks = process_lacks};
    out.make = [](const Client& client, Adapter*) { return std::make_unique<ExecDriver>(client); };
    return out;
}

}  // namespace guise::clients
