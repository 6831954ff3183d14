// JSON-RPC with one adapter: requests and their answers, what the adapter asks, and what it does wrong.
//
// The first thing that an adapter does wrong is its last: it is said in one sentence that quotes the adapter,
// the process is killed, and every request that waits, or comes later, ends with that sentence.
#pragma once

#include "clients/rpc/rpc_message.hpp"
#include "process/adapter_process.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace guise::clients {

/// How a request ended.
struct RpcAnswer {
    json result;                    // null where there is an error
    std::optional<RpcError> error;  // the adapter refuses it
    std::string broken;             // the adapter did something wrong, this or before: no answer ever comes
    std::string line;               // the answer as it came
};

/// How much an adapter may tell between two calls of `RpcChannel::begin_count`.
struct RpcLimits {
    std::size_t calls = 1000;
    std::size_t octets = 1 << 20;
};

/// The RPC connection to one adapter.
///
/// Lifetime: outlives the coroutines of its members. Threads: as `process::AdapterProcess`. Cancelling a
/// coroutine of `request` or `wait` kills the adapter.
class RpcChannel final {
 public:
    using Clock = std::chrono::steady_clock;

    /// Handles a request or a notification of the adapter's. Returns what is wrong with it, as the end of a
    /// sentence that quotes the line; empty: nothing. Requests are answered by `reply`, now or later.
    using OnCall = std::function<std::string(const RpcCall& call)>;

    /// A request that waits for its answer. Lives as long as its holder likes.
    struct Pending {
        explicit Pending(const boost::asio::any_io_executor& executor) : wake(executor) {}
        std::string method;
        Clock::time_point due;
        std::optional<RpcAnswer> answer;
        boost::asio::steady_timer wake;
    };
    using PendingPtr = std::shared_ptr<Pending>;

    /// Starts the adapter. Where it cannot be started the channel is broken.
    RpcChannel(const boost::asio::any_io_executor& executor, const process::Launch& launch, OnCall on_call,
               RpcLimits limits = {});
    RpcChannel(const RpcChannel&) = delete;
    RpcChannel& operator=(const RpcChannel&) = delete;
    ~RpcChannel();

    /// Sends a request and waits for its answer. No answer within `patience` breaks the channel.
    boost::asio::awaitable<RpcAnswer> request(std::string method, json params,
                                              std::chrono::milliseconds patience);

    /// The same in steps: `begin` sends it, `wait` waits until it is answered or due and says whether it is
    /// answered. `due_at` changes when it is due, also while somebody waits.
    PendingPtr begin(const std::string& method, const json& params, std::chrono::milliseconds patience);
    boost::asio::awaitable<bool> wait(PendingPtr pending);
    static void due_at(Pending& pending, Clock::time_point when);

    /// Answers a request of the adapter's.
    void reply(const json& id, const json& result);

    /// Waits for the end of the process after `shutdown`; whether it came in time. An end is then not wrong.
    boost::asio::awaitable<bool> wait_end(std::chrono::milliseconds patience);

    /// Counts anew what the adapter tells, and forgets what it wrote.
    void begin_count();

    /// Breaks the channel with this sentence, unless it is broken.
    void fail(std::string sentence);
    /// What the adapter did wrong; empty: nothing so far.
    [[nodiscard]] const std::string& broken() const { return broken_; }
    [[nodiscard]] const process::AdapterProcess& process() const { return *process_; }

 private:
    void take(std::string_view line);
    void take_reply(RpcReply reply);
    void take_call(const RpcCall& call);
    void ended();
    [[nodiscard]] std::string how_it_ended() const;
    [[nodiscard]] std::string last_words() const;

    boost::asio::any_io_executor executor_;
    OnCall on_call_;
    RpcLimits limits_;
    std::map<std::int64_t, PendingPtr> pending_;
    std::unique_ptr<process::AdapterProcess> process_;
    boost::asio::steady_timer end_;
    std::string broken_;
    std::int64_t last_id_ = 0;
    std::size_t calls_ = 0;
    std::size_t octets_ = 0;
    bool may_end_ = false;
};

}  // namespace guise::clients
