// The driver `rpc`: a client that is driven by an adapter.
#pragma once

#include "clients/driver.hpp"
#include "clients/driver_type.hpp"
#include "clients/rpc/adapter.hpp"

#include <chrono>
#include <string>

namespace guise::clients {

/// One client instance of `adapter` over the visits of one case.
///
/// The state folder is the place's `state`, else `state` below its home; `open` makes it. A scenario that
/// needs what the adapter does not declare is not for this driver: see `lacking`.
///
/// Lifetime: `adapter` outlives it, and serves the next case after it, unless it is `broken()`.
class RpcDriver final : public Driver {
 public:
    /// How long a question that is never answered stays open before the attempt is cancelled: whether the
    /// client goes on by itself is seen meanwhile.
    static constexpr std::chrono::milliseconds usual_patience{300};

    explicit RpcDriver(Adapter& adapter, std::chrono::milliseconds ignore_patience = usual_patience);
    RpcDriver(const RpcDriver&) = delete;
    RpcDriver& operator=(const RpcDriver&) = delete;
    ~RpcDriver() override;

    boost::asio::awaitable<std::string> open(std::string mode, VisitPlace place) override;
    boost::asio::awaitable<evidence::ClientRecord> connect(Attempt attempt) override;
    boost::asio::awaitable<std::string> restart() override;
    boost::asio::awaitable<std::string> set_mode(std::string mode) override;
    boost::asio::awaitable<std::string> forget(VisitPlace place, std::string server) override;
    boost::asio::awaitable<void> close() override;

    /// The mode that is in force, as the adapter says.
    [[nodiscard]] const std::string& mode() const { return mode_; }

 private:
    std::string take(const RpcCall& call);
    std::string take_event(const json& params);
    std::string take_prompt(const RpcCall& call);
    boost::asio::awaitable<void> cancel_attempt();
    void read_answer(const RpcAnswer& answer);
    boost::asio::awaitable<void> read_pins_after();
    void finish_record();
    [[nodiscard]] std::chrono::milliseconds since_begin() const;

    Adapter& adapter_;
    std::chrono::milliseconds ignore_patience_;
    std::string instance_;
    std::string mode_;
    std::string answer_;            // the attempt's
    RpcChannel::PendingPtr going_;  // the attempt's request; null between attempts
    RpcChannel::Clock::time_point began_;
    evidence::ClientRecord record_;
    int attempt_ = 0;
    bool open_ = false;
};

[[nodiscard]] DriverType rpc_driver_type();

}  // namespace guise::clients
