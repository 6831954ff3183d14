#include "process/process.hpp"

#include "process/child.hpp"

#include <boost/asio/this_coro.hpp>

namespace guise::process {

boost::asio::awaitable<evidence::ProcessRecord> run_process(Launch launch) {
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    co_return co_await run(std::make_shared<Child>(executor, std::move(launch)));
}

}  // namespace guise::process
