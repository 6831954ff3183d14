// What can be asked of a client, whoever drives it.
#pragma once

#include "base/problem.hpp"
#include "clients/launch.hpp"
#include "evidence/client_record.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace guise::clients {

/// One attempt of the client to log in to a server.
struct Attempt {
    VisitPlace place;
    std::string answer = "decline";  // connect | once | decline | ignore: what the user says if asked
    std::string server;              // the label of the server that is meant
    std::string service = "http";
    int connections = 1;  // at the same time
    /// Waits until the handshake of a connection of this visit is done: for clients whose input waits for it.
    std::function<boost::asio::awaitable<void>()> handshake_done;
};

/// One client instance over the visits of one case: a mode, a home and pins of its own.
///
/// What goes wrong in the client or its adapter stands in the records; nothing throws for it. Cancelling a
/// coroutine ends the client. Threads: the strand or the one thread of the coroutines' executor.
class Driver {
 public:
    virtual ~Driver() = default;

    /// Before the first visit. `mode` empty: the client's default. Returns what the adapter did wrong.
    virtual boost::asio::awaitable<std::string> open(std::string mode, VisitPlace place) = 0;
    virtual boost::asio::awaitable<evidence::ClientRecord> connect(Attempt attempt) = 0;
    /// Stops the client and starts it again; its state is kept. Returns what the adapter did wrong.
    virtual boost::asio::awaitable<std::string> restart() = 0;
    virtual boost::asio::awaitable<std::string> set_mode(std::string mode) = 0;
    /// Removes what the client remembers of the server at `place` with this label.
    virtual boost::asio::awaitable<std::string> forget(VisitPlace place, std::string server) = 0;
    virtual boost::asio::awaitable<void> close() = 0;
};

}  // namespace guise::clients
