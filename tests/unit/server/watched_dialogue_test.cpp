#include "server/watched_dialogue.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>
#include <vector>

namespace guise::server::watched_dialogue_test {
namespace {

class Throwing final : public service::Dialogue {
 public:
    service::Reply open(bool) override { return {"hello", service::Then::listen, {}}; }
    service::Reply receive(std::string_view bytes) override {
        if (bytes == "throw") throw std::runtime_error("no answer to this");
        return {std::string(bytes), service::Then::listen, {}};
    }
    [[nodiscard]] const service::Received& received() const override { return received_; }

 private:
    service::Received received_;
};

struct Place {
    int secured = 0;
    std::vector<std::string> failures;
    WatchedDialogue dialogue{std::make_unique<Throwing>(), [this] { ++secured; },
                             [this](const std::string& why) { failures.push_back(why); }};
};

}  // namespace

TEST_CASE("what the dialogue says is passed on", "[server]") {
    Place place;
    CHECK(place.dialogue.open(false).send == "hello");
    CHECK(place.dialogue.receive("ping").send == "ping");
    CHECK(place.failures.empty());
}

TEST_CASE("the owner learns of a secured channel, and not of a plain one", "[server]") {
    Place place;
    place.dialogue.open(false);
    CHECK(place.secured == 0);
    place.dialogue.open(true);
    CHECK(place.secured == 1);
}

TEST_CASE("what a dialogue throws closes the connection and goes to the owner", "[server]") {
    Place place;
    const service::Reply reply = place.dialogue.receive("throw");
    CHECK(reply.send.empty());
    CHECK(reply.then == service::Then::close);
    CHECK(place.failures == std::vector<std::string>{"no answer to this"});
}

}  // namespace guise::server::watched_dialogue_test
