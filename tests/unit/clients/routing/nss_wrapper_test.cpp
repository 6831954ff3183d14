#include "clients/routing/nss_wrapper.hpp"

#include "base/temporary_folder.hpp"
#include "clients/accounts.hpp"
#include "clients/home.hpp"
#include "process/run_to_end.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

namespace guise::clients::nss_wrapper_test {

TEST_CASE("nss-wrapper can be used where its library is", "[routing]") {
    const std::string why_not = nss_wrapper_routing().why_not();
    CHECK(why_not.empty() != find_nss_wrapper().empty());
    CHECK((why_not.empty() || why_not.ends_with("(Debian package libnss-wrapper)")));
}

TEST_CASE("a client that takes its home from the password database has that of its case", "[routing]") {
    if (find_nss_wrapper().empty()) {
        WARN("libnss_wrapper.so is not installed");
        return;
    }
    const TemporaryFolder home;
    VisitPlace place;
    place.home = home.path().string();
    const Routing routing = nss_wrapper_routing();
    REQUIRE(make_home(place.home, routing.files(place)).empty());
    process::Launch launch = shell("getent passwd " + std::to_string(::getuid()) + " | cut -d: -f6");
    routing.environment(place, launch.env);
    CHECK(run_to_end(process::run_process(std::move(launch))).output == place.home + "\n");
}

}  // namespace guise::clients::nss_wrapper_test
