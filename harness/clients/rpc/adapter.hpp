// A running adapter: its process, what it declared, and the listeners of its clients.
//
// One adapter serves many cases, one after the other; the clients of one case can be several at once, each an
// `RpcDriver` of its own.
#pragma once

#include "clients/rpc/capabilities.hpp"
#include "clients/rpc/rpc_channel.hpp"

#include <chrono>
#include <map>
#include <string>

namespace guise::clients {

/// How long an adapter may take.
struct AdapterPatience {
    std::chrono::milliseconds initialize{15'000};
    std::chrono::milliseconds answer{30'000};  // to anything else that is no `client.connect`
    std::chrono::milliseconds grace{5'000};   // to `client.connect`, on top of the deadline that it was given
    std::chrono::milliseconds cancel{5'000};  // to `client.cancel`, and then to the attempt that it ends
    std::chrono::milliseconds shutdown{5'000};
};

/// An adapter, from `initialize` to `shutdown`.
///
/// After the first thing that it does wrong it is dead: `broken()` says what, and whoever owns it starts
/// another. Lifetime: outlives its drivers and the coroutines of its members; the process is killed with it.
/// Threads: as `RpcChannel`.
class Adapter final {
 public:
    /// Receives the questions and events of one instance. Returns what is wrong with them, as the end of a
    /// sentence; empty: nothing.
    using Listener = std::function<std::string(const RpcCall& call)>;

    Adapter(const boost::asio::any_io_executor& executor, const process::Launch& launch,
            std::string suite_version, AdapterPatience patience = {}, RpcLimits limits = {});

    /// `initialize`. Returns what the adapter did wrong; empty: it can be used.
    boost::asio::awaitable<std::string> start();
    /// `shutdown`, and the end of the process. Returns what the adapter did wrong.
    boost::asio::awaitable<std::string> shut_down();

    [[nodiscard]] const Capabilities& capabilities() const { return capabilities_; }
    [[nodiscard]] const std::string& client_name() const { return client_name_; }
    [[nodiscard]] const std::string& client_version() const { return client_version_; }
    [[nodiscard]] const AdapterPatience& patience() const { return patience_; }
    [[nodiscard]] const std::string& broken() const { return channel_.broken(); }
    [[nodiscard]] RpcChannel& channel() { return channel_; }

    /// A name for an instance that this adapter has not seen yet, and its listener until `forget_instance`.
    std::string new_instance(Listener listener);
    void forget_instance(const std::string& instance);

    /// A request whose answer is a result. An error is what the adapter did wrong, and its end, but for the
    /// crash of the client. Returns what went wrong, and the result in `result` where that is wanted.
    boost::asio::awaitable<std::string> ask(std::string method, json params, json* result = nullptr);
    /// The sentence about an error of the adapter's. All but the crash of the client break the channel.
    std::string refused(const std::string& method, const RpcAnswer& answer);

 private:
    std::string take(const RpcCall& call);

    AdapterPatience patience_;
    std::string suite_version_;
    Capabilities capabilities_;
    std::string client_name_;
    std::string client_version_;
    std::map<std::string, Listener> listeners_;
    int instances_ = 0;
    RpcChannel channel_;
};

}  // namespace guise::clients
