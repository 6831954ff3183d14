// What a client remembers, read from the file where it keeps it.
#pragma once

#include "clients/file/script.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace guise::clients {

/// The keys in `text`, each as the lower-case hex of the SHA-256 of its SubjectPublicKeyInfo, in the order of
/// its lines. Lines that are no pin are passed over.
[[nodiscard]] std::vector<std::string> pins_in(std::string_view text, const Pattern& line);

/// The keys in a file; none where it does not exist.
[[nodiscard]] std::vector<std::string> pins_in_file(const std::filesystem::path& file, const Pattern& line);

}  // namespace guise::clients
