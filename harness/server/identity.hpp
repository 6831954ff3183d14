// A certificate of the client's own, for clients that are to have one.
#pragma once

#include "base/problem.hpp"
#include "pki/library.hpp"

#include <chrono>
#include <filesystem>
#include <string>

namespace guise::server {

/// A PEM file in `folder`, readable by its owner alone, with a key and the certificate of it: the same at
/// each call. Errors: a file that cannot be written.
[[nodiscard]] Result<std::string> identity_file(const std::filesystem::path& folder,
                                                const pki::Library& library, std::chrono::sys_seconds now);

}  // namespace guise::server
