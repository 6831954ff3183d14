#include "service/facts.hpp"

#include "service/kit.hpp"

namespace guise::service::facts_test {

TEST_CASE("a UUID is made of digits and looks like version 5", "[service][facts]") {
    CHECK(uuid_from("0123456789abcdef0123456789abcdef") == "01234567-89ab-5def-8123-456789abcdef");
    CHECK(uuid_from("ffffffffffffffffffffffffffffffffff") == "ffffffff-ffff-5fff-bfff-ffffffffffff");
    CHECK(uuid_from("") == "00000000-0000-5000-8000-000000000000");
}

TEST_CASE("each server of each case has its own id, and the run has one", "[service][facts]") {
    const Facts first = kit::facts();
    Facts other = first;
    other.server = "b";
    CHECK(value_of("uuid:server", first) == value_of("uuid:server", kit::facts()));
    CHECK(value_of("uuid:server", first) != value_of("uuid:server", other));
    CHECK(value_of("uuid:run", first) == value_of("uuid:run", other));
    other = first;
    other.scope = "another case";
    CHECK(value_of("uuid:server", first) != value_of("uuid:server", other));
    CHECK(value_of("canary:token", first) != value_of("canary:token", other));
}

TEST_CASE("a token is the same over the visits of a case", "[service][facts]") {
    Facts next = kit::facts();
    next.canary = "canary-of-the-next-visit";
    CHECK(value_of("canary:token", next) == value_of("canary:token", kit::facts()));
    CHECK_THAT(*value_of("canary:token", next), Catch::StartsWith("canary-"));
}

TEST_CASE("names that are no facts have no value", "[service][facts]") {
    CHECK_FALSE(value_of("canary", kit::facts()));
    CHECK_FALSE(value_of("canary:", kit::facts()));
    CHECK_FALSE(is_fact("canary:"));
    CHECK_FALSE(is_fact("uuid:other"));
    CHECK(is_fact("canary:token"));
    CHECK(is_fact("host"));
}

TEST_CASE("placeholders are filled, and other braces stay", "[service][facts]") {
    const auto filled = [](std::string_view text) {
        return fill(text, {{"name", "<{host}>"}, {"loop", "{loop}"}}, kit::facts());
    };
    CHECK(filled("{host}:{port}") == "vms.guise.test:7001");
    CHECK(filled("{name}") == "<vms.guise.test>");
    CHECK(filled("{loop}") == "{loop}");
    CHECK(filled("{unknown} {} { {Host} }{") == "{unknown} {} { {Host} }{");
    CHECK(filled("{{host}}") == "{vms.guise.test}");
    CHECK(filled("").empty());
}

}  // namespace guise::service::facts_test
