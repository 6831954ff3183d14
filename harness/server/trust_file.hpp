// Files with what a client is to trust.
#pragma once

#include "base/problem.hpp"

#include <filesystem>
#include <string>

namespace guise::server {

/// The path of a file in `folder`, which must exist, that holds `pem`. All that trust the same share one: it
/// is named by what is in it. A file of that name that holds something else, for instance half of it since
/// the disk was full, is written again. Errors: `cannot write FILE: WHY`.
[[nodiscard]] Result<std::string> trust_file(const std::filesystem::path& folder, const std::string& pem);

/// Makes `file`, and its folder, hold `pem` for a person to use. Errors: `cannot write FILE: WHY`, also where
/// the file is there and holds no root of guise: somebody may have put their own there.
[[nodiscard]] Problems write_root_file(const std::filesystem::path& file, const std::string& pem);

}  // namespace guise::server
