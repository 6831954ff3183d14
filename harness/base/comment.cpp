#include "base/comment.hpp"

#include "base/read_file.hpp"

#include <string_view>

namespace guise {

std::string opening_comment(const std::filesystem::path& file) {
    constexpr std::size_t longest = 64 * 1024;
    const std::string text = read_part(file, 0, longest);
    std::string out;
    for (std::string_view rest = text; rest.starts_with('#');) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        out += line.substr(line.starts_with("# ") ? 2 : 1);
        out += '\n';
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    return out;
}

}  // namespace guise
