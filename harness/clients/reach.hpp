// Which ways there are on this machine for a client to find the server of a case.
#pragma once

#include "clients/client.hpp"

namespace guise::clients {

/// libnss_wrapper.so (Debian: libnss-wrapper), or an empty path where it is not installed. Looked for once.
[[nodiscard]] std::filesystem::path find_nss_wrapper();

/// libfaketime.so.1 for programs with threads (Debian: libfaketime), or an empty path. Looked for once.
[[nodiscard]] std::filesystem::path find_faketime();

/// Whether this way can be gone here; if not, `why_not` says what is missing.
[[nodiscard]] bool reach_available(Reach reach, std::string& why_not);

/// The first way of the client's file that is available. Errors: none is; one problem says why for each.
[[nodiscard]] Result<Reach> choose_reach(const Client& client);

}  // namespace guise::clients
