#include "pki/placeholders.hpp"

#include "pki/support.hpp"

namespace guise::pki::placeholders_test {

TEST_CASE("known names are filled, others are left alone", "[pki][placeholders]") {
    const Fillings fillings{{"host", "srv.test"}, {"run", "7"}};
    CHECK(filled(std::string("{host}"), fillings) == "srv.test");
    CHECK(filled(std::string("a {run} b {run}{host}"), fillings) == "a 7 b 7srv.test");
    CHECK(filled(std::string("{other} {host"), fillings) == "{other} {host");
    CHECK(filled(std::string("{} {a b} {{host}}"), fillings) == "{} {a b} {srv.test}");
}

TEST_CASE("what is filled in is not filled again", "[pki][placeholders]") {
    CHECK(filled(std::string("{a}"), {{"a", "{b}"}, {"b", "no"}}) == "{b}");
}

TEST_CASE("a host fills its name, its name in capitals, and what is above it", "[pki][placeholders]") {
    CHECK(host_fillings("a.b.Test") == Fillings{{"host", "a.b.Test"},
                                                {"host-upper", "A.B.TEST"},
                                                {"parent", "b.Test"},
                                                {"grandparent", "Test"}});
    CHECK(host_fillings("localhost").at("parent").empty());
    CHECK(host_fillings("localhost").at("grandparent").empty());
}

TEST_CASE("a NUL is a character like any other", "[pki][placeholders]") {
    const std::string text("{host}\0.x", 9);
    CHECK(filled(text, {{"host", "h"}}) == std::string("h\0.x", 4));
}

TEST_CASE("all scalars of a tree are filled, and no keys", "[pki][placeholders]") {
    const yaml::Value before = test::tree("\"{a}\": [\"{a}\", {x: \"{b}\"}]");
    const yaml::Value after = filled(before, {{"a", "1"}, {"b", "2"}});
    CHECK(yaml::canonical(after) == yaml::canonical(test::tree("\"{a}\": [1, {x: 2}]")));
    CHECK(placeholders(before) == Names{"a", "b"});
}

TEST_CASE("an unknown placeholder is reported with its place", "[pki][placeholders]") {
    Problems problems;
    check_placeholders(test::tree("x: \"{host}\"\nz: [\"{hots}\"]"), {"host", "run"}, problems);
    CHECK(problems.text() ==
          "test.yaml:2:5: expected one of the placeholders {host}, {run}, found '{hots}'\n");
}

}  // namespace guise::pki::placeholders_test
