#include "clients/routing/nss_wrapper.hpp"

#include "clients/accounts.hpp"
#include "clients/preload.hpp"

namespace guise::clients {

Routing nss_wrapper_routing() {
    Routing out{.name = "nss-wrapper", .literals = false};
    out.why_not = [] {
        return find_nss_wrapper().empty()
                   ? std::string("libnss_wrapper.so is not installed (Debian package libnss-wrapper)")
                   : std::string();
    };
    out.environment = [](const VisitPlace& place, std::map<std::string, std::string>& env) {
        preload(env, find_nss_wrapper());
        env["NSS_WRAPPER_HOSTS"] = place.home + "/hosts";
        add_accounts(place.home, env);
    };
    out.files = [](const VisitPlace& place) {
        std::map<std::string, std::string> files{{"hosts", place.address + " " + place.host + "\n"}};
        add_accounts_file(place.home, files);
        return files;
    };
    return out;
}

}  // namespace guise::clients
