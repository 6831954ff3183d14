#include "secrets/views.hpp"

#include "base/bytes.hpp"
#include "secrets/unpack.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace guise::secrets {

namespace {

// The number of `digits`, if all of them are of this base and it fits into a byte.
std::optional<char> octet_of(std::string_view digits, int base) {
    unsigned value = 0;
    const char* end = digits.data() + digits.size();
    const auto [read, error] = std::from_chars(digits.data(), end, value, base);
    if (error != std::errc() || read != end || value > 0xff) return std::nullopt;
    return static_cast<char>(value);
}

// UTF-16 and UTF-32 of ASCII, of either order, are the ASCII between zeros.
std::string without_zeros(std::string_view text) {
    std::string out(text);
    std::erase(out, '\0');
    return out;
}

}  // namespace

std::string percent_decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto octet =
            text[i] == '%' && i + 2 < text.size() ? octet_of(text.substr(i + 1, 2), 16) : std::nullopt;
        out += octet.value_or(text[i]);
        if (octet) i += 2;
    }
    return out;
}

std::string references_decoded(std::string_view text) {
    constexpr std::size_t longest = 10;  // `&#0000065;`
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += text[i];
        if (!text.substr(i).starts_with("&#")) continue;
        const auto end = text.substr(i, longest).find(';');
        if (end == std::string_view::npos || end < 3) continue;
        const std::string_view digits = text.substr(i + 2, end - 2);
        const bool hex = digits.front() == 'x' || digits.front() == 'X';
        const auto octet = hex ? octet_of(digits.substr(1), 16) : octet_of(digits, 10);
        if (!octet) continue;
        out.back() = *octet;
        i += end;
    }
    return out;
}

std::vector<View> views_of(std::string_view text) {
    std::vector<View> out{{"", std::string(text)}};
    const auto add = [&](std::string how, std::string read) {
        if (read != text) out.push_back({std::move(how), std::move(read)});
    };
    if (text.find('%') != std::string_view::npos) add("percent-encoded", percent_decoded(text));
    if (text.find("&#") != std::string_view::npos) add("as HTML references", references_decoded(text));
    if (text.find('\0') != std::string_view::npos) add("as UTF-16", without_zeros(text));
    const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (ascii) return out;  // nothing that is packed is
    for (Unpacked& each : unpacked(text)) add("packed by " + std::string(each.form), std::move(each.text));
    return out;
}

}  // namespace guise::secrets
