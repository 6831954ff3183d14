#include "clients/accounts.hpp"

#include <catch2/catch.hpp>

namespace guise::clients::accounts_test {

TEST_CASE("the user's home is that of the case, and the other accounts stay", "[accounts]") {
    CHECK(accounts_with_home("root:x:0:0:root:/root:/bin/sh\nme:x:7:8:Me:/srv/me:/bin/zsh\n", 7, "/case") ==
          "root:x:0:0:root:/root:/bin/sh\nme:x:7:8:Me:/case:/bin/zsh\n");
    CHECK(accounts_with_home("root:x:0:0:root:/root:/bin/sh", 7, "/case") ==
          "root:x:0:0:root:/root:/bin/sh\nguise:x:7:7:guise:/case:/bin/sh\n");
}

TEST_CASE("where the library is there, accounts are read from the home", "[accounts]") {
    std::map<std::string, std::string> env, files;
    add_accounts("/case", env);
    add_accounts_file("/case", files);
    CHECK(env.empty() == find_nss_wrapper().empty());
    CHECK(files.empty() == find_nss_wrapper().empty());
    if (env.empty()) return;
    CHECK(env.at("LD_PRELOAD") == find_nss_wrapper().string());
    CHECK(env.at("NSS_WRAPPER_PASSWD") == "/case/passwd");
    CHECK(files.at("passwd").find(":/case:") != std::string::npos);
    add_accounts("/case", env);
    CHECK(env.at("LD_PRELOAD") == find_nss_wrapper().string());
}

}  // namespace guise::clients::accounts_test
