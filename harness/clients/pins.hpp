// What a client remembers, read from the file where it keeps it.
#pragma once

#include "base/bytes.hpp"
#include "clients/script.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace guise::clients {

/// SHA-256; given, because it lives in a stage that this one does not use.
using Sha256 = std::function<Bytes(ByteView)>;

/// The keys in `text`, each as the lower-case hex of the SHA-256 of its SubjectPublicKeyInfo, in the order of
/// its lines. Lines that are no pin are passed over.
[[nodiscard]] std::vector<std::string> pins_in(std::string_view text, const Pattern& line,
                                               const Sha256& sha256);

/// The keys in a file; none where it does not exist.
[[nodiscard]] std::vector<std::string> pins_in_file(const std::filesystem::path& file, const Pattern& line,
                                                    const Sha256& sha256);

}  // namespace guise::clients
