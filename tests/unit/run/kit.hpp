// What the tests of the run share besides: clients that are a line of shell.
#pragma once

#include "run/participants.hpp"
#include "server/kit.hpp"

namespace guise::kit {

using run::find_participants;
using run::load_participants;
using run::Participant;
using run::Selection;

/// A script whose client verifies, refuses what it should, and sends the canary where it does not refuse.
inline const std::string verifying = R"(exec curl -q -sS --http1.1 --max-time {deadline} \
  --connect-to ::{address}:{port} --cacert {trust} --capath {home}/tmp \
  -H 'Authorization: Bearer {canary}' {url})";

/// Has the participant run by this driver, by the way that its files have where they name none.
inline void drive_by(Participant& who, const char* driver) {
    who.client.driver = driver;
    who.driver = clients::named(clients::built_in_tables().drivers, driver);
    who.routing = clients::named(clients::built_in_tables().routings, who.driver->routing);
}

/// The routing of this name.
inline const clients::Routing* routing(const char* name) {
    return clients::named(clients::built_in_tables().routings, name);
}

/// The participants of client files, looked for on the machine.
inline std::vector<std::unique_ptr<Participant>> participants(
    const std::vector<std::string>& names, const clients::Tables& tables = clients::built_in_tables()) {
    Selection selection;
    selection.clients = names;
    auto out = load_participants(inputs(), selection, tables).value();
    find_participants(out, tables);
    return out;
}

}  // namespace guise::kit
