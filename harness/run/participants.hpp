// The clients that take part, and whether they are on this machine.
#pragma once

#include "base/problem.hpp"
#include "clients/detect.hpp"
#include "clients/tables.hpp"
#include "inputs/chosen_client.hpp"

#include <memory>
#include <string>
#include <vector>

namespace guise::run {

/// What the user asked for. Empty lists: all there is.
struct Selection {
    std::vector<std::string> clients;  // names, or paths of client files
    std::vector<std::string> modes;
    std::vector<std::string> only;  // patterns over scenario ids, or names of areas
    std::string profile;            // in place of the one that the client's file names
};

/// A client that is ready to run.
struct Participant : inputs::ChosenClient {
    clients::Detection detection;
    const clients::DriverType* driver = nullptr;  // of the tables
    const clients::Routing* routing = nullptr;    // of the tables; null until one has been chosen
    std::string missing;                          // why it cannot take part; empty where it can
};

/// The files of the selected clients, read and checked, with their profiles; not yet looked for on the
/// machine. Errors: as those of `inputs::load_clients`.
///
/// Lifetime: the participants point into `tables`.
[[nodiscard]] Result<std::vector<std::unique_ptr<Participant>>> load_participants(
    const inputs::RunInputs& inputs, const Selection& selection,
    const clients::Tables& tables = clients::built_in_tables());

/// Looks for each of them on the machine, and for a routing to the servers; fills `detection`, `routing`
/// and `missing`. `tables` are those that they were loaded with.
void find_participants(std::vector<std::unique_ptr<Participant>>& participants,
                       const clients::Tables& tables = clients::built_in_tables());

}  // namespace guise::run
