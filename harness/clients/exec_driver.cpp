#include "clients/exec_driver.hpp"

namespace guise::clients {

boost::asio::awaitable<ClientRecord> ExecDriver::connect(Attempt attempt) {
    ClientRecord record;
    std::optional<Launch> launch = ready(attempt, record);
    if (!launch) co_return record;
    record.process = co_await run_process(std::move(*launch));
    read_files(attempt, record);
    co_return record;
}

}  // namespace guise::clients
