#include "server/watched_dialogue.hpp"

#include <exception>

namespace guise::server {

WatchedDialogue::WatchedDialogue(std::unique_ptr<service::Dialogue> dialogue, OnSecured on_secured,
                                 OnFailure on_failure)
    : dialogue_(std::move(dialogue)),
      on_secured_(std::move(on_secured)),
      on_failure_(std::move(on_failure)) {}

template <class Work>
service::Reply WatchedDialogue::guarded(Work work) {
    try {
        return work();
    } catch (const std::exception& error) {
        on_failure_(error.what());
        service::Reply out;
        out.then = service::Then::close;
        return out;
    }
}

service::Reply WatchedDialogue::open(bool secured) {
    if (secured) on_secured_();
    return guarded([&] { return dialogue_->open(secured); });
}

service::Reply WatchedDialogue::receive(std::string_view bytes) {
    return guarded([&] { return dialogue_->receive(bytes); });
}

}  // namespace guise::server
