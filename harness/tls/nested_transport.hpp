// A transport inside another: TLS in TLS, as a client speaks it through an HTTPS proxy.
#pragma once

#include "tls/transport.hpp"

#include <memory>

namespace guise::tls {

/// The data of the outer transport is the wire of the inner one. Evidence of both is kept: `transcript()` is
/// that of the inner, whose bytes are counted inside the outer.
class NestedTransport final : public Transport {
 public:
    /// Both must not be null.
    NestedTransport(std::unique_ptr<Transport> outer, std::unique_ptr<Transport> inner);

    void receive(ByteView bytes) override;
    [[nodiscard]] Bytes take_output() override;
    void send(ByteView data) override;
    void close_notify() override;
    void ended(Ending how) override;

    [[nodiscard]] std::string take_plaintext() override;
    [[nodiscard]] bool secured() const noexcept override;
    [[nodiscard]] bool finished() const noexcept override;
    [[nodiscard]] bool dead() const noexcept override;
    [[nodiscard]] bool failed() const noexcept override;
    [[nodiscard]] MutationKind stopped() const noexcept override;
    [[nodiscard]] bool slow() const noexcept override { return outer_->slow() || inner_->slow(); }
    [[nodiscard]] const Transcript& transcript() const noexcept override;
    [[nodiscard]] Transcript& transcript() noexcept override;

    [[nodiscard]] const Transport& outer() const noexcept { return *outer_; }

 private:
    void pass_output();

    std::unique_ptr<Transport> outer_;
    std::unique_ptr<Transport> inner_;
};

}  // namespace guise::tls
