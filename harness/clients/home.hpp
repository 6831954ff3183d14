// A client's home directory: fresh for a case, kept over its visits.
#pragma once

#include "base/problem.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace guise::clients {

/// Makes `home` with its `tmp`, and writes `files` (path below it -> text), readable only by this user.
/// What else is there stays. Errors: the first directory or file that cannot be made.
[[nodiscard]] Problems make_home(const std::filesystem::path& home,
                                 const std::map<std::string, std::string>& files);

}  // namespace guise::clients
