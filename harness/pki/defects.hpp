// Reads one file of certs/defects/.
#pragma once

#include "base/problem.hpp"
#include "base/yaml.hpp"
#include "pki/library.hpp"
#include "pki/placeholders.hpp"

#include <string>

namespace guise::pki {

/// Reads a defect. All that is wrong with it goes to `problems`, also what is wrong with its operation when
/// that is carried out with the default parameters. `file_name`: what the defect must be called.
[[nodiscard]] Defect read_defect(const yaml::Value& file, const std::string& file_name, Problems& problems);

/// Stand-ins for what only the run knows, so that a tree can be checked without a run.
[[nodiscard]] const Fillings& sample_fillings();
/// All placeholders that a recipe can have: those of `sample_fillings`, and {number}.
[[nodiscard]] Names run_placeholders();

}  // namespace guise::pki
