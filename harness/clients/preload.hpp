// Libraries that are loaded into a client before its own.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace guise::clients {

/// The library of this name where the system keeps its own; an empty path where it is not installed.
[[nodiscard]] std::filesystem::path find_library(std::string_view name);

/// libfaketime.so.1 for programs with threads (Debian: libfaketime), or an empty path. Looked for once.
[[nodiscard]] std::filesystem::path find_faketime();

/// Adds `library` to LD_PRELOAD of `env`, after those that are there.
void preload(std::map<std::string, std::string>& env, const std::filesystem::path& library);

}  // namespace guise::clients
