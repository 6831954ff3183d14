#include "clients/exec_driver.hpp"

namespace guise::clients {

boost::asio::awaitable<evidence::ClientRecord> ExecDriver::connect(Attempt attempt) {
    evidence::ClientRecord record;
    std::optional<process::Launch> launch = ready(attempt, record);
    if (!launch) co_return record;
    record.process = co_await process::run_process(std::move(*launch));
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
