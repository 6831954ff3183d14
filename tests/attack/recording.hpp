// What real clients say in real handshakes.
#pragma once

#include "base/bytes.hpp"
#include "tls/presentation.hpp"

#include <memory>
#include <string>
#include <vector>

namespace guise::attack {

/// The client's bytes of one connection.
struct Recording {
    std::string client;  // `curl 1.3 trusting`
    Bytes stream;
};

/// Starts every real client that is installed, with TLS 1.2 and 1.3, once trusting any certificate and once
/// not, against a server on a loopback port. Says which clients are missing, and which said nothing.
[[nodiscard]] std::vector<Recording> record_clients(std::shared_ptr<const tls::Presentation> shown);

}  // namespace guise::attack
