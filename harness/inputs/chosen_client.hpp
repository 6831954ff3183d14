// The clients that the user chose: their files, and the profiles that they are judged by.
#pragma once

#include "base/problem.hpp"
#include "clients/file/client.hpp"
#include "inputs/run_inputs.hpp"

#include <string>
#include <vector>

namespace guise::inputs {

/// A client as its file describes it. Whether it is on this machine is not known.
struct ChosenClient {
    clients::Client client;
    profile::Profile profile;
    std::string named;  // how the user names it on the command line
};

/// Reads and checks the files of clients: names of those of the data folder, or paths; all of the data folder
/// where `names` is empty. `vocabulary` says which
/// drivers and routings there are, `profile` is the name of a profile to use in place of the one that each
/// file names, or empty. Errors: what is wrong in a file, a name that no file has, two clients of one name.
[[nodiscard]] Result<std::vector<ChosenClient>> load_clients(const RunInputs& inputs,
                                                             const clients::Vocabulary& vocabulary,
                                                             const std::vector<std::string>& names,
                                                             const std::string& profile);

}  // namespace guise::inputs
