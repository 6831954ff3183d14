// For tests of a TLS client of your own: servers with wrong certificates, on this machine, and what your
// client did there.
//
//     #include <guise/guise.hpp>
//
//     TEST_CASE("my client refuses an expired certificate") {
//         auto visit = guise::server().present("validity/expired");
//         my_client(visit.url(), visit.ca_file());
//         CHECK(visit.outcome().refused());
//     }
//
// In CMake: find_package(guise), then link to guise::fixture. C++17, POSIX, nlohmann/json. With GoogleTest:
// `const auto refused = visit.outcome().refused(); EXPECT_TRUE(refused) << refused;`.
#pragma once

#include <guise/server.hpp>
#include <guise/visit.hpp>

namespace guise {

/// A server for all tests of the program, started when it is first asked for. Threads may share it.
inline Server& server() {
    static Server one;
    return one;
}

}  // namespace guise
