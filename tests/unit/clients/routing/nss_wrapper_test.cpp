#include "clients/routing/nss_wrapper.hpp"

#include "base/temporary_folder.hpp"
#include "clients/home.hpp"
#include "process/run_to_end.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

using namespace guise;
using namespace guise::clients;

TEST_CASE("nss-wrapper can be used where its library is", "[routing]") {
    const std::string why_not = nss_wrapper_routing().why_not();
    CHECK(why_not.empty() != find_nss_wrapper().empty());
    CHECK((why_not.empty() || why_not.ends_with("(Debian package libnss-wrapper)")));
}

TEST_CASE("the user's home is that of the case, and the other accounts stay", "[routing]") {
    CHECK(accounts_with_home("root:x:0:0:root:/root:/bin/sh\nme:x:7:8:Me:/srv/me:/bin/zsh\n", 7, "/case") ==
          "root:x:0:0:root:/root:/bin/sh\nme:x:7:8:Me:/case:/bin/zsh\n");
    CHECK(accounts_with_home("root:x:0:0:root:/root:/bin/sh", 7, "/case") ==
          "root:x:0:0:root:/root:/bin/sh\nguise:x:7:7:guise:/case:/bin/sh\n");
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
