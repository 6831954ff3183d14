// What is said on one connection besides TLS.
#pragma once

#include "net/handler.hpp"
#include "service/service.hpp"

#include <functional>
#include <memory>

namespace guise::net {

/// What one connection is given when it is accepted.
struct Conversation {
    int visit = 0;                                // that it belongs to
    std::unique_ptr<service::Dialogue> dialogue;  // answers at once
    std::unique_ptr<Handler> handler;             // may wait; where both are null, nothing is answered
    bool starts_plain = false;  // the conversation begins in plain text, and may ask for TLS
    bool plain_text = false;    // a client that does not speak TLS is answered all the same
    /// Called with each request, or line, before its answer is sent. It may be empty. It may cut the
    /// listener's connections, and must not destroy the listener.
    std::function<void(const service::ReceivedRequest&)> on_request;
    /// Called after each answer that leaves the connection at rest. It may be empty, and must neither cut nor
    /// destroy.
    std::function<void()> on_rest;
};

/// Called at each accept. It must not throw.
using Converse = std::function<Conversation()>;

/// The conversation of a service. `plain_text`: the visit wants what a service may answer in plain text.
[[nodiscard]] Conversation converse(std::shared_ptr<const service::Service> service, service::Facts facts,
                                    bool plain_text = false);

}  // namespace guise::net
