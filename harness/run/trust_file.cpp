#include "run/trust_file.hpp"

#include "base/bytes.hpp"
#include "pki/digest.hpp"

#include <fmt/format.h>

#include <fstream>

namespace guise::run {

Result<std::string> trust_file(const std::filesystem::path& folder, const std::string& pem) {
    const std::string name = to_hex(pki::sha256(as_bytes(pem))).substr(0, 16);
    const std::filesystem::path path = folder / fmt::format("trust-{}.pem", name);
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return path.string();
    std::ofstream file(path, std::ios::binary);
    if ((file << pem) && file.flush()) return path.string();
    return Problem{{path.string(), 0, 0}, "a file that can be written", "none"};
}

}  // namespace guise::run
