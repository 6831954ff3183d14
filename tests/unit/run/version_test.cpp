#include "run/version.hpp"

#include <catch2/catch.hpp>

#include <regex>
#include <string>

namespace guise::run::version_test {

TEST_CASE("the version is three numbers", "[version]") {
    CHECK(std::regex_match(std::string(guise::version), std::regex(R"(\d+\.\d+\.\d+)")));
}

}  // namespace guise::run::version_test
