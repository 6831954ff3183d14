// Whether a client is installed, and which version of it.
#pragma once

#include "clients/file/client.hpp"
#include "clients/interpreter.hpp"
#include "clients/visit_place.hpp"

#include <boost/asio/awaitable.hpp>

namespace guise::clients {

/// What was found.
struct Detection {
    bool found = false;
    std::string version;     // group 1 of the client's pattern
    std::string missing;     // not found: why, and which Debian packages bring it
    Programs programs = {};  // that its interpreters really are
};

/// Runs the client's `detect` command, for `patience` at the most, in an empty home. The first line of its
/// output, then of its standard error, that matches the pattern tells the version; the exit code means
/// nothing. Interpreters are resolved first (see `resolve_interpreters`), so that the version is that of what
/// is run later.
///
/// Lifetime: `client` outlives the operation.
boost::asio::awaitable<Detection> detect(const Client& client,
                                         std::chrono::milliseconds patience = std::chrono::seconds(5),
                                         std::string path = VisitPlace::search_path());

}  // namespace guise::clients
