// From a client file and the place of a visit to the command that is started. Pure, but for looking what the
// machine has: the preload libraries, the namespaces and the client's program.
#pragma once

#include "clients/file/client.hpp"
#include "process/process.hpp"

#include <cstdint>

namespace guise::clients {

/// What is filled into a client's placeholders, for one visit.
struct VisitPlace {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string host;  // for `Routing::localhost` the caller says "localhost"
    std::string url;
    std::string trust;  // the path of a PEM file
    std::string canary;
    std::string mode;   // empty: the name of the mode
    std::string state;  // empty: as the client file says
    std::string home;   // exists before the process starts, see `make_home`
    std::string here;   // empty: the directory of the client file
    std::string user = "guise";
    std::chrono::seconds deadline{10};            // the caller says `client.deadline`
    Routing routing = Routing::option;            // see `choose_routing`
    std::string events;                           // where events may be posted; empty: nowhere
    std::uint16_t proxy_port = 0;                 // of the case's proxy, at `address`, for a reach by proxy
    std::string path = search_path();             // PATH of the client
    std::optional<std::chrono::sys_seconds> now;  // the client's clock, where the file says `clock: faketime`

    /// PATH of the harness, or the usual one; then where the harness's own clients are: beside the program,
    /// and in ../libexec/guise.
    [[nodiscard]] static std::string search_path();
};

/// How long a client that was told its deadline may outlast it: its own timeout is a better record than a
/// kill.
constexpr std::chrono::seconds grace{5};

/// The command, environment and input of `client` in `mode`, started in its home.
///
/// By `Routing::hosts_file` the command is wrapped in one that gives it a hosts file of its own and then
/// becomes it: process, group and exit code are the client's. A program that is not there is not wrapped, so
/// that it is missed like any other.
///
/// A client of the `terminal` driver gets the streams that its screen asks for.
///
/// The environment holds nothing of the harness's: PATH, LANG, HOME, TMPDIR, what `reach` needs, then what
/// the file says. The deadline is the place's, plus `grace` where the client is told it by `{deadline}`.
/// Precondition: the client has the mode.
[[nodiscard]] process::Launch prepare(const Client& client, const std::string& mode, const VisitPlace& place);

/// The files to write below the client's home before its first start in `mode`: path -> text.
[[nodiscard]] std::map<std::string, std::string> files_of(const Client& client, const std::string& mode,
                                                          const VisitPlace& place);

/// `text` of the client file with its placeholders filled for the visit.
[[nodiscard]] std::string filled(const Client& client, const std::string& mode, const VisitPlace& place,
                                 const std::string& text);

/// A word for a shell; itself where it needs no quotes.
[[nodiscard]] std::string shell_quoted(const std::string& text);

/// One line for a shell that does the same again, for as long as the home and the trust file are there.
[[nodiscard]] std::string repro_command(const process::Launch& launch);

}  // namespace guise::clients
