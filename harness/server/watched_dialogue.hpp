// A dialogue whose owner learns of the secured channel, and of what it throws.
#pragma once

#include "service/dialogue.hpp"

#include <functional>
#include <memory>
#include <string>

namespace guise::server {

/// Passes everything on. What the dialogue throws goes to `on_failure`; the client then gets no answer and
/// the connection is closed.
class WatchedDialogue final : public service::Dialogue {
 public:
    using OnSecured = std::function<void()>;
    using OnFailure = std::function<void(const std::string& why)>;

    WatchedDialogue(std::unique_ptr<service::Dialogue> dialogue, OnSecured on_secured, OnFailure on_failure);

    service::Reply open(bool secured) override;
    service::Reply receive(std::string_view bytes) override;
    [[nodiscard]] const service::Received& received() const override { return dialogue_->received(); }
    [[nodiscard]] bool at_rest() const override { return dialogue_->at_rest(); }

 private:
    template <class Work>
    service::Reply guarded(Work work);

    std::unique_ptr<service::Dialogue> dialogue_;
    OnSecured on_secured_;
    OnFailure on_failure_;
};

}  // namespace guise::server
