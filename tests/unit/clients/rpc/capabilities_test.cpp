#include "clients/rpc/capabilities.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::capabilities_test {

TEST_CASE("what is declared is read, and what is absent is not declared", "[capabilities]") {
    Capabilities out;
    CHECK(read_capabilities({{"modes", {"strict"}}, {"prompts", {"ask", "error"}}, {"pins", true}, {"x", 1}},
                            out)
              .empty());
    CHECK(out.modes == std::vector<std::string>{"strict"});
    CHECK(out.prompts == std::vector<std::string>{"ask", "error"});
    CHECK(out.pins);
    CHECK_FALSE(out.restart);
    CHECK(declares(out, "pins"));
    CHECK(declares(out, "modes"));
    CHECK(declares(out, "prompts"));
    CHECK_FALSE(declares(out, "restart"));
    CHECK_FALSE(declares(out, "no such thing"));
}

TEST_CASE("capabilities of the wrong shape are refused by name", "[capabilities]") {
    const auto wrong = [](const char* text) {
        Capabilities out;
        return read_capabilities(json::parse(text), out);
    };
    CHECK(wrong("null") == "has no 'capabilities'");
    CHECK(wrong(R"({"modes": "strict"})") == "has 'modes' that are no list of names");
    CHECK(wrong(R"({"modes": [1]})") == "has 'modes' that are no list of names");
    CHECK(wrong(R"({"prompts": ["sing"]})") == "has a prompt 'sing' that is none of ask, warn, error");
    CHECK(wrong(R"({"clock": "yes"})") == "has 'clock' that is neither true nor false");
}

TEST_CASE("a scenario is told the first capability that it needs and the client lacks", "[capabilities]") {
    Capabilities has;
    has.modes = {"basic"};
    CHECK(lacking(has, {}).empty());
    CHECK(lacking(has, {.mode = "basic"}).empty());
    CHECK(lacking(has, {.mode = "strict"}) == "modes");
    CHECK(lacking(has, {.restart = true}) == "restart");
    CHECK(lacking(has, {.mode_set = true}) == "mode_set");
    CHECK(lacking(has, {.forget = true}) == "forget");
    CHECK(lacking(has, {.clock = true}) == "clock");
    CHECK(lacking(has, {.instances = true}) == "instances");
    CHECK(lacking(has, {.resumption = true}) == "resumption");
    CHECK(lacking(has, {.connections = true}) == "connections");
    CHECK(lacking(has, {.once = true}) == "once");
    has.restart = has.once = true;
    CHECK(lacking(has, {.restart = true, .once = true}).empty());
}

}  // namespace guise::clients::capabilities_test
