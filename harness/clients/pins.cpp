#include "clients/pins.hpp"

#include "base/read_file.hpp"
#include "pki/base64.hpp"
#include "pki/digest.hpp"

#include <algorithm>
#include <optional>

namespace guise::clients {
namespace {

std::optional<std::string> pin_of(const Match& match) {
    if (const auto key = match.named.find("public_key"); key != match.named.end())
        if (const auto octets = pki::from_base64(key->second)) return to_hex(pki::sha256(*octets));
    if (const auto hash = match.named.find("sha256"); hash != match.named.end()) {
        std::string digits = hash->second;
        digits.erase(std::remove(digits.begin(), digits.end(), ':'), digits.end());
        if (const auto octets = from_hex(digits)) return to_hex(*octets);
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::string> pins_in(std::string_view text, const Pattern& line) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (const auto match = line.search(text.substr(0, end)))
            if (auto pin = pin_of(*match)) out.push_back(std::move(*pin));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::vector<std::string> pins_in_file(const std::filesystem::path& file, const Pattern& line) {
    constexpr std::size_t most = 16 << 20;
    return pins_in(read_part(file, 0, most), line);
}

}  // namespace guise::clients
