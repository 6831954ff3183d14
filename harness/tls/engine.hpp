// A TLS server without a socket: bytes in, bytes out, and a transcript of what was said.
//
// A record tap reads every record of the client before BoringSSL does:
// OpenSSL-based clients send their TLS 1.3 refusal in clear, and BoringSSL answers it with bad_record_mac and
// reports nothing. What we send is written down by BoringSSL's callbacks, which see all of it.
#pragma once

#include "tls/presentation.hpp"
#include "tls/transport.hpp"

#include <functional>
#include <memory>

namespace guise::tls {

/// Chooses what to show from what the client offered. Null: nothing is shown, the client gets
/// unrecognized_name (112). It is called inside the handshake and must not throw.
using Choose = std::function<std::shared_ptr<const Presentation>(const ClientHello&)>;

/// TLS as the server of one connection speaks it.
///
/// `finished()`: the client's Finished has been verified. `dead()`: after a fatal alert, after a failure, or
/// because what came is no TLS. `failed()`: no alert of the client came before the failure, and what came was
/// TLS.
///
/// Threads: distinct objects are safe, one shared object is not.
class Engine final : public Transport {
 public:
    Engine(Choose choose, Elapsed elapsed);
    ~Engine() override;

    void receive(ByteView bytes) override;
    [[nodiscard]] Bytes take_output() override;
    void send(ByteView plaintext) override;
    void close_notify() override;
    void ended(Ending how) override;

    [[nodiscard]] std::string take_plaintext() override;
    [[nodiscard]] bool secured() const noexcept override { return true; }
    [[nodiscard]] bool finished() const noexcept override;
    [[nodiscard]] bool dead() const noexcept override;
    [[nodiscard]] bool failed() const noexcept override;
    [[nodiscard]] MutationKind stopped() const noexcept override;
    [[nodiscard]] bool slow() const noexcept override;
    [[nodiscard]] const Transcript& transcript() const noexcept override;
    [[nodiscard]] Transcript& transcript() noexcept override;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace guise::tls
