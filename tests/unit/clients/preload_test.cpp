#include "clients/preload.hpp"

#include "clients/accounts.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::preload_test {

TEST_CASE("the preload libraries are files", "[preload]") {
    for (const auto& library : {find_nss_wrapper(), find_faketime()})
        CHECK((library.empty() || std::filesystem::is_regular_file(library)));
    CHECK(find_library("no-such-library.so").empty());
}

TEST_CASE("libraries are loaded in the order in which they were added", "[preload]") {
    std::map<std::string, std::string> env;
    preload(env, "/a.so");
    CHECK(env.at("LD_PRELOAD") == "/a.so");
    preload(env, "/b.so");
    CHECK(env.at("LD_PRELOAD") == "/a.so /b.so");
}

}  // namespace guise::clients::preload_test
