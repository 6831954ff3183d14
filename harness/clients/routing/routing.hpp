// Which ways there are on this machine for a client to find the server of a case.
#pragma once

#include "clients/file/client.hpp"

namespace guise::clients {

/// libnss_wrapper.so (Debian: libnss-wrapper), or an empty path where it is not installed. Looked for once.
[[nodiscard]] std::filesystem::path find_nss_wrapper();

/// libfaketime.so.1 for programs with threads (Debian: libfaketime), or an empty path. Looked for once.
[[nodiscard]] std::filesystem::path find_faketime();

/// How a process gets a hosts file of its own here.
struct PrivateHosts {
    std::string option;   // of unshare; empty: in no way
    std::string why_not;  // then: what was tried, and what was said
};

/// Tries it with the programs in `path`: a name that only the private hosts file knows must be found.
[[nodiscard]] PrivateHosts try_private_hosts(const std::string& path);

/// What that gave with the harness's PATH. Tried once.
[[nodiscard]] const PrivateHosts& private_hosts();

/// A command that makes `hosts` the hosts file of `argv` and then becomes it.
[[nodiscard]] std::vector<std::string> with_hosts_file(const std::string& option, const std::string& hosts,
                                                       std::vector<std::string> argv);

/// Whether this way can be gone here; if not, `why_not` says what is missing.
[[nodiscard]] bool routing_available(Routing routing, std::string& why_not);

/// The first way of the client's file that is available. Errors: none is; one problem says why for each.
[[nodiscard]] Result<Routing> choose_routing(const Client& client);

}  // namespace guise::clients
