#include "profile/change.hpp"

#include "profile/derive_kit.hpp"

namespace guise::profile::change_test {
namespace {

using namespace test;

// The states after the second visit, the first having been accepted.
std::vector<Possible> after(const std::string& change, const std::string& profile = keeping) {
    Story story(visit(key_a, going_on) + ", " + change, "ask", profile);
    return after_change(story.profile, story.scenario.visits.at(1), story.after(1));
}

const Memory& client(const Possible& state) { return state.clients.at(""); }

TEST_CASE("a restart leaves what is remembered", "[profile][change]") {
    const auto states = after("{restart: client}");
    REQUIRE(states.size() == 1);
    CHECK(client(states.front()).restarted);
    CHECK(client(states.front()).pins.size() == 1);
}

TEST_CASE("the clock moves for all certificates", "[profile][change]") {
    const auto states = after("{clock: +2d}");
    REQUIRE(states.size() == 1);
    CHECK(states.front().clock == std::chrono::hours(48));
    CHECK(states.front().made.begin()->second == std::chrono::seconds(0));
}

TEST_CASE("the server that is forgotten is the one that is named", "[profile][change]") {
    CHECK(client(after("{forget: server}").front()).pins.empty());
    CHECK(client(after("{forget: server, at: {port: second}}").front()).pins.size() == 1);
}

TEST_CASE("where a change of mode may clear the pins or not, both are possible", "[profile][change]") {
    const auto states = after("{mode: open}");
    REQUIRE(states.size() == 2);
    for (const Possible& state : states) {
        CHECK(client(state).mode == "open");
        CHECK(client(state).fresh_mode);
    }
    CHECK(client(states[0]).pins.size() + client(states[1]).pins.size() == 1);
}

TEST_CASE("a connection is no change", "[profile][change]") { CHECK(after(visit(key_a)).empty()); }

}  // namespace
}  // namespace guise::profile::change_test
