// The driver of clients that ask nothing: a command that runs to its end.
#pragma once

#include "clients/command_driver.hpp"
#include "clients/driver_type.hpp"

namespace guise::clients {

/// Its records hold a process, and pins where the client file says where they are.
class ExecDriver final : public CommandDriver {
 public:
    using CommandDriver::CommandDriver;

    boost::asio::awaitable<evidence::ClientRecord> connect(Attempt attempt) override;
};

[[nodiscard]] DriverType exec_driver_type();

}  // namespace guise::clients
