// Files with what a client is to trust.
#pragma once

#include "base/problem.hpp"

#include <filesystem>
#include <string>

namespace guise::server {

/// The path of a file in `folder`, which must exist, that holds `pem`. All that trust the same share one: it
/// is named by what is in it. Errors: a file that cannot be written.
[[nodiscard]] Result<std::string> trust_file(const std::filesystem::path& folder, const std::string& pem);

}  // namespace guise::server
