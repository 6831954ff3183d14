// Where a visit takes place, as far as the client knows.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guise::clients {

struct Routing;
/// What to start in place of a program: its name or path in a client file -> the words to put there.
using Programs = std::map<std::string, std::vector<std::string>>;

/// What is filled into a client's placeholders, for one visit.
struct VisitPlace {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string host;  // by a routing without `names` the caller says "localhost"
    std::string url;
    std::string trust;  // the path of a PEM file
    std::string
        identity;  // the path of a PEM file: the client's own key and certificate; empty: none is made
    std::string canary;
    std::string mode;   // empty: the name of the mode
    std::string state;  // empty: as the client file says
    std::string home;   // exists before the process starts, see `make_home`
    std::string here;   // empty: the directory of the client file
    std::string user = "guise";
    std::chrono::seconds deadline{10};            // the caller says `client.deadline`
    const Routing* routing = nullptr;             // null: it changes nothing
    std::string events;                           // where events may be posted; empty: nowhere
    std::uint16_t proxy_port = 0;                 // of the case's proxy, at `address`, for a routing by proxy
    std::string path = search_path();             // PATH of the client
    Programs programs;                            // what to start in place of interpreters, as detected
    std::optional<std::chrono::sys_seconds> now;  // the client's clock, where the file says `clock: faketime`

    /// PATH of the harness, or the usual one; then where the harness's own clients are: beside the program,
    /// and in ../libexec/guise.
    [[nodiscard]] static std::string search_path();
};

}  // namespace guise::clients
