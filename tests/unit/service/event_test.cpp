#include "service/event.hpp"

#include <catch2/catch.hpp>

namespace guise::service::event_test {

using Words = std::vector<std::string>;

namespace {

Event posted(const std::string& body, const std::string& type = "application/json") {
    return event_of({"POST", "/events/a1", {{"content-type", type}}, body}).value();
}

}  // namespace

TEST_CASE("an event in JSON is read", "[service][event]") {
    const std::string body =
        R"({"event":"certificate-changed","server":"h:7001","faults":["expired","weak",1]})";
    const Event event = posted(body);
    CHECK(event.token == "a1");
    CHECK(event.name == "certificate-changed");
    CHECK(event.server == "h:7001");
    CHECK(event.faults == Words{"expired", "weak"});
    CHECK(event.text == body);
    CHECK(posted(R"({"name":"n","faults":"a, b"})").faults == Words{"a", "b"});
    CHECK(posted(R"({"name":"n"})").name == "n");
}

TEST_CASE("an event in an address or a form is read", "[service][event]") {
    const auto got = event_of({"GET", "/events/a1/x?name=a+b%21&server=%zz&faults=a,b&c", {}, ""});
    REQUIRE(got);
    CHECK(got->token == "a1");
    CHECK(got->name == "a b!");
    CHECK(got->server == "%zz");
    CHECK(got->faults == Words{"a", "b"});
    CHECK(got->text == "name=a+b%21&server=%zz&faults=a,b&c");
    CHECK(posted("event=n&server=h", "application/x-www-form-urlencoded; charset=utf-8").server == "h");
}

TEST_CASE("an event in words is kept as it is", "[service][event]") {
    const auto text = GENERATE("the certificate has changed", "[1]", "\"name\"", "{");
    CHECK(posted(text).text == text);
    CHECK(posted(text).name.empty());
}

TEST_CASE("another address is no event", "[service][event]") {
    const auto target = GENERATE("/", "/events", "/events/", "/events/?name=x", "/other/a1", "");
    CHECK_FALSE(event_of({"POST", target, {}, "x"}));
}

TEST_CASE("an object at the limit of depth is read, and a deeper one is a text", "[service][event]") {
    const auto nested = [](std::size_t depth) {
        return R"({"name":"n","x":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + '}';
    };
    CHECK(posted(nested(64)).name == "n");
    CHECK(posted(nested(65)).name.empty());
    const std::string deep = nested(100'000);
    CHECK(posted(deep).name.empty());
    CHECK(posted(deep).text == deep);
}

}  // namespace guise::service::event_test
