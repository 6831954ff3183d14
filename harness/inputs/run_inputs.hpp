// Everything that a run reads from files: the catalogue, the recipes, the profiles, the clauses and the
// services.
#pragma once

#include "base/problem.hpp"
#include "pki/library.hpp"
#include "profile/profile.hpp"
#include "scenario/catalogue.hpp"
#include "service/service.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace guise::inputs {

/// The loaded data of one run. Immutable.
struct RunInputs {
    std::filesystem::path root;  // the folder that holds scenarios/, certs/ and fixtures/
    pki::Library library;
    scenario::Catalogue catalogue;
    bool own_catalogue = false;  // the user's, by --scenarios
    profile::ClauseList clauses;
    profile::Profiles profiles;
    service::Services services;
    std::filesystem::path scenarios;  // the folder of the catalogue
};

/// Where to look.
struct InputPlaces {
    std::optional<std::filesystem::path> data;       // --data
    std::optional<std::filesystem::path> scenarios;  // --scenarios, in place of DATA/scenarios
};

/// The data folder: `given`, else GUISE_DATA, else PREFIX/share/guise beside the program's bin/, else the
/// nearest folder above the program that holds the data (a build tree inside the sources). Errors: none of
/// them does.
[[nodiscard]] Result<std::filesystem::path> find_data(const std::optional<std::filesystem::path>& given);

/// Reads it all. Errors: every problem of every file.
[[nodiscard]] Result<RunInputs> load_inputs(const InputPlaces& places);

/// SHA-256 over all files that the inputs were read from, in hexadecimal digits. It reads them again.
[[nodiscard]] std::string digest_of(const RunInputs& inputs);

/// The folder with the files of the clients.
[[nodiscard]] std::filesystem::path clients_dir(const RunInputs& inputs);

}  // namespace guise::inputs
