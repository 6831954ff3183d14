#include "base/comment.hpp"

#include <fstream>

namespace guise {

std::string opening_comment(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::string out;
    for (std::string line; std::getline(stream, line) && line.starts_with('#');)
        out += line.substr(line.starts_with("# ") ? 2 : 1) + "\n";
    return out;
}

}  // namespace guise
