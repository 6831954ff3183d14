// From a client file and the place of a visit to the command that is started. Pure, but for looking what the
// machine has: the preload libraries and the client's program, and what the routing looks at.
#pragma once

#include "clients/file/client.hpp"
#include "clients/visit_place.hpp"
#include "process/process.hpp"

namespace guise::clients {

/// How long a client that knows its deadline may outlast it: its own timeout is a better record than a kill.
constexpr std::chrono::seconds grace{5};

/// The command, environment and input of `client` in `mode`, started in its home.
///
/// An interpreter is started by its executable where the place says which that is.
///
/// Where the routing wraps the command in another, that one becomes it: process, group and exit code are the
/// client's. A program that is not there is not wrapped, so that it is missed like any other.
///
/// The environment holds nothing of the harness's: PATH, LANG, HOME, TMPDIR, what the routing needs, then
/// what the file says. The deadline is the place's, plus `grace` where the client gets it by `{deadline}`.
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
