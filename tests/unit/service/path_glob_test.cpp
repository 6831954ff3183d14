#include "service/path_glob.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace guise::service::path_glob_test {

using guise::service::path_matches;

TEST_CASE("an asterisk stays within its part of the path", "[service][glob]") {
    CHECK(path_matches("/rest/v*/login", "/rest/v2/login"));
    CHECK(path_matches("/rest/v*/login", "/rest/v/login"));
    CHECK_FALSE(path_matches("/rest/v*/login", "/rest/v2/x/login"));
    CHECK_FALSE(path_matches("/rest/*", "/rest/a/b"));
}

TEST_CASE("two asterisks go to any depth", "[service][glob]") {
    CHECK(path_matches("/**", "/"));
    CHECK(path_matches("/**", "/a/b/c"));
    CHECK(path_matches("/a/**/z", "/a/b/c/z"));
    CHECK_FALSE(path_matches("/a/**/z", "/a/z"));
    CHECK(path_matches("**", ""));
}

TEST_CASE("an asterisk in brackets is one", "[service][glob]") {
    CHECK(path_matches("/servers/[*]/info", "/servers/*/info"));
    CHECK_FALSE(path_matches("/servers/[*]/info", "/servers/x/info"));
    CHECK(path_matches("/[x]", "/[x]"));
}

TEST_CASE("everything else is itself, and the whole path counts", "[service][glob]") {
    CHECK(path_matches("", ""));
    CHECK_FALSE(path_matches("", "/"));
    CHECK_FALSE(path_matches("/a", "/ab"));
    CHECK_FALSE(path_matches("/ab", "/a"));
    CHECK_FALSE(path_matches("/a?", "/ab"));
    CHECK_FALSE(path_matches("/A", "/a"));
}

TEST_CASE("many asterisks against a long path take no time to speak of", "[service][glob]") {
    CHECK_FALSE(path_matches("/**a**a**a**a**a**a**a**a**b", '/' + std::string(20'000, 'a')));
}

}  // namespace guise::service::path_glob_test
