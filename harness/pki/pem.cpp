#include "pki/pem.hpp"

#include "pki/base64.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::pki {

namespace {

constexpr std::string_view begin_line = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view end_line = "-----END CERTIFICATE-----";

SourcePos line_of(std::string_view text, std::size_t at, const std::string& name) {
    const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    return {name, static_cast<int>(lines) + 1, 1};
}

}  // namespace

std::string to_pem(ByteView der) {
    std::string out = std::string(begin_line) + "\n";
    const std::string digits = to_base64(der);
    for (std::size_t i = 0; i < digits.size(); i += 64) out += digits.substr(i, 64) + "\n";
    return out + std::string(end_line) + "\n";
}

std::string to_pem(const std::vector<Bytes>& certificates) {
    std::string out;
    for (const Bytes& certificate : certificates) out += to_pem(certificate);
    return out;
}

Result<std::vector<Bytes>> from_pem(std::string_view text, const std::string& name) {
    std::vector<Bytes> out;
    for (std::size_t at = text.find(begin_line); at != std::string_view::npos;) {
        const std::size_t start = at + begin_line.size();
        const std::size_t end = text.find(end_line, start);
        if (end == std::string_view::npos)
            return Problem{line_of(text, at, name), std::string(end_line), "the end of the text"};
        auto der = from_base64(text.substr(start, end - start));
        if (!der) return Problem{line_of(text, at, name), "a certificate in base64", "something else"};
        if (out.size() == most_blocks)
            return Problem{line_of(text, at, name), fmt::format("at most {} certificates", most_blocks),
                           "more"};
        out.push_back(std::move(*der));
        at = text.find(begin_line, end);
    }
    return out;
}

}  // namespace guise::pki
