// Plain text: what the client sends is the data, and is the `clear` of the transcript.
#pragma once

#include "tls/transport.hpp"

namespace guise::tls {

/// Plain text before TLS begins, instead of it, or for good.
class PlainTransport final : public Transport {
 public:
    /// `so_far`: the transcript of a transport that this one takes over from.
    explicit PlainTransport(Elapsed elapsed, Transcript so_far = {});

    void receive(ByteView bytes) override;
    [[nodiscard]] Bytes take_output() override;
    void send(ByteView data) override;
    void close_notify() override {}  // it has no message for that
    void ended(Ending how) override;

    [[nodiscard]] std::string take_plaintext() override;
    [[nodiscard]] bool secured() const noexcept override { return false; }
    [[nodiscard]] bool finished() const noexcept override { return true; }
    [[nodiscard]] bool dead() const noexcept override { return false; }
    [[nodiscard]] bool failed() const noexcept override { return false; }
    [[nodiscard]] MutationKind stopped() const noexcept override { return MutationKind::none; }
    [[nodiscard]] const Transcript& transcript() const noexcept override { return transcript_; }
    [[nodiscard]] Transcript& transcript() noexcept override { return transcript_; }

 private:
    Elapsed elapsed_;
    Transcript transcript_;
    std::string data_;  // received, and not taken yet
    Bytes output_;
};

}  // namespace guise::tls
