// Puts the files of the documentation into a folder, and nothing else: what is not its own stays untouched.
#pragma once

#include "base/problem.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace guise::docs {

/// The list of its own files that the documentation keeps in its folder.
constexpr const char* own_list = "guise-docs.txt";

/// Called after each file.
using OnWritten = std::function<void()>;

/// Writes all files, and removes those of an earlier documentation that are no more. The folder is made where
/// it is missing. Errors: a folder that holds a file which no earlier documentation has put there, a file
/// that cannot be written. Nothing has been written in the first case. A call that was cut short can be
/// repeated.
[[nodiscard]] Result<void> write_site(const std::filesystem::path& dir,
                                      const std::map<std::string, std::string>& files,
                                      const OnWritten& on_written = {});

}  // namespace guise::docs
