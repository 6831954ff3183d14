#include "base/write_text.hpp"

#include <fstream>

namespace guise {

Problems write_text(const std::filesystem::path& file, const std::string& text, const std::string& expected) {
    std::ofstream stream(file, std::ios::binary);
    if ((stream << text) && stream.flush()) return {};
    return Problem{{file.string(), 0, 0}, expected, "none"};
}

}  // namespace guise
