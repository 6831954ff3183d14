#include "server/trust_file.hpp"

#include "base/bytes.hpp"
#include "base/write_text.hpp"
#include "pki/digest.hpp"

#include <fmt/format.h>

namespace guise::server {

Result<std::string> trust_file(const std::filesystem::path& folder, const std::string& pem) {
    const std::string name = to_hex(pki::sha256(as_bytes(pem))).substr(0, 16);
    const std::filesystem::path path = folder / fmt::format("trust-{}.pem", name);
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return path.string();
    if (Problems problems = write_text(path, pem); !problems.empty()) return problems;
    return path.string();
}

}  // namespace guise::server
