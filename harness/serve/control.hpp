// The control channel: JSON-RPC 2.0, one object a line. Test fixtures, other languages and pages drive guise
// by it.
//
// - present {scenario, visit?, port?}: handle, url, host, address, port, trust (a file), trust_pem, canary
//
// - swap {handle, scenario?}: the same, for the next visit or another scenario at the same address
//
// - observe {handle, evidence?}: outcome, decision, alert, request, leaked, connections, open, sentence
//
// - wait {handle, connections?, timeout_ms?, evidence?}: the same once so many connections have ended, and
// timed_out
//
// - close {handle, evidence?}: the same, for the last time; waits for the handle end with an error
//
// - list {only?}: the scenarios
#pragma once

#include "serve/held_scenario.hpp"
#include "serve/json_rpc.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace guise::serve {

/// One peer's requests and their answers, without a transport. Any number of requests may overlap; each gets
/// one answer, when there is one: a result, or an error, also for what was thrown.
///
/// Lifetime: the provider and the executor's context must outlive it, and it must outlive the answers.
class Control final {
 public:
    /// `name` tells the peers of a process apart; `dir` takes the trust files.
    Control(boost::asio::any_io_executor executor, server::ChainProvider& provider, std::string name,
            std::filesystem::path dir);

    /// The answer to one line, without a newline; empty where JSON-RPC asks for none (a notification).
    boost::asio::awaitable<std::string> answer(std::string line);
    /// Closes every handle; waits that go on are answered.
    void close_all();

 private:
    boost::asio::awaitable<Json> call(RpcRequest request);
    Json present(const Json& params);
    Json swap(const Json& params);
    Json observe(const Json& params);
    boost::asio::awaitable<Json> wait(Json params);
    Json close(const Json& params);
    Json list(const Json& params) const;
    Json describe(int handle, HeldScenario& held);
    const scenario::Scenario& scenario_of(const Json& params) const;

    // A wait keeps what it waits for, though its handle may be closed meanwhile.
    using Held = std::shared_ptr<HeldScenario>;
    std::pair<int, Held> held_of(const Json& params);

    boost::asio::any_io_executor executor_;
    server::ChainProvider& provider_;
    std::string name_;
    std::filesystem::path dir_;
    std::map<int, Held> held_;
    int last_handle_ = 0;
};

}  // namespace guise::serve
