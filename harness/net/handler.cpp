#include "net/handler.hpp"

#include <utility>

namespace guise::net {

namespace {

class DialogueHandler final : public Handler {
 public:
    explicit DialogueHandler(std::unique_ptr<service::Dialogue> dialogue) : dialogue_(std::move(dialogue)) {}

    boost::asio::awaitable<service::Reply> open(bool secured) override { co_return dialogue_->open(secured); }
    boost::asio::awaitable<service::Reply> receive(std::string_view bytes) override {
        co_return dialogue_->receive(bytes);
    }
    [[nodiscard]] const service::Received& received() const override { return dialogue_->received(); }
    [[nodiscard]] bool at_rest() const override { return dialogue_->at_rest(); }

 private:
    std::unique_ptr<service::Dialogue> dialogue_;
};

}  // namespace

std::unique_ptr<Handler> handler_of(std::unique_ptr<service::Dialogue> dialogue) {
    if (!dialogue) return nullptr;
    return std::make_unique<DialogueHandler>(std::move(dialogue));
}

}  // namespace guise::net
