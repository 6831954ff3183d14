// The routing `nss-wrapper`: Debian's libnss-wrapper by preload, with a hosts file of the case.
#pragma once

#include "clients/routing/routing.hpp"

namespace guise::clients {

/// libnss_wrapper.so (Debian: libnss-wrapper), or an empty path where it is not installed. Looked for once.
[[nodiscard]] std::filesystem::path find_nss_wrapper();

/// The accounts of `passwd`, with `home` as the home of the user `uid`; one is made up where `passwd` has
/// none.
[[nodiscard]] std::string accounts_with_home(std::string_view passwd, unsigned uid, const std::string& home);

/// Leads names by a hosts file, and the home of the user by a passwd file: a client that takes its home from
/// there, not from HOME, has that of its case too.
[[nodiscard]] Routing nss_wrapper_routing();

}  // namespace guise::clients
