// A TLS client without a socket that asks one thing: which certificates does this server show?
//
// It accepts any certificate and sends no data, so it learns nothing that a trusting client would have to
// protect.
#pragma once

#include "base/bytes.hpp"

#include <memory>
#include <string>
#include <vector>

namespace guise::tls {

/// What a server showed.
struct ShownChain {
    std::vector<Bytes> certificates;  // DER, as they came
    std::string version;              // `TLSv1.3`
    std::string cipher;
};

/// Threads: one object, one thread.
class ChainProbe final {
 public:
    /// `server_name` goes into the ClientHello; empty, or an IP address: none does.
    explicit ChainProbe(const std::string& server_name);
    ~ChainProbe();
    ChainProbe(const ChainProbe&) = delete;
    ChainProbe& operator=(const ChainProbe&) = delete;

    /// Bytes from the server.
    void receive(ByteView bytes);
    /// Bytes for the server since the last call.
    [[nodiscard]] Bytes take_output();
    /// The handshake is complete, or has failed: there is no more to come.
    [[nodiscard]] bool done() const noexcept;
    /// Why it failed; empty where it did not.
    [[nodiscard]] const std::string& failure() const noexcept;
    /// What was shown; also when the handshake failed after the certificates had come.
    [[nodiscard]] const ShownChain& shown() const noexcept;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace guise::tls
