// The routing `hosts-file`: a mount namespace of the client's own, in which /etc/hosts is a file of the case.
#pragma once

#include "clients/routing/routing.hpp"

namespace guise::clients {

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

[[nodiscard]] Routing hosts_file_routing();

}  // namespace guise::clients
