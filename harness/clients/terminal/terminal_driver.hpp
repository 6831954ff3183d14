// The driver of clients that ask a person at a terminal: it reads what they print and types the answers.
#pragma once

#include "clients/command_driver.hpp"
#include "clients/driver_type.hpp"

#include <chrono>

namespace guise::clients {

/// Both outputs are one transcript, `evidence::ProcessRecord::output`. A client whose question is ignored is
/// ended; the prompt that was answered `ignore` says so, and its process counts as killed only at the
/// deadline.
class TerminalDriver final : public CommandDriver {
 public:
    /// How long a client whose question is ignored may go on by itself.
    static constexpr std::chrono::milliseconds usual_patience{300};

    explicit TerminalDriver(const Client& client, std::chrono::milliseconds ignore_patience = usual_patience)
        : CommandDriver(client), ignore_patience_(ignore_patience) {}

    boost::asio::awaitable<evidence::ClientRecord> connect(Attempt attempt) override;

 private:
    boost::asio::awaitable<void> converse(process::Launch launch, const Attempt& attempt,
                                          evidence::ClientRecord& record) const;

    std::chrono::milliseconds ignore_patience_;
};

/// Gives `launch` what an interactive client needs: both outputs in their order, the streams that its screen
/// asks for, an input without an end.
void put_on_screen(process::Launch& launch, const Client& client);

[[nodiscard]] DriverType terminal_driver_type();

}  // namespace guise::clients
