#include "clients/home.hpp"

#include <fstream>
#include <system_error>

namespace guise::clients {
namespace fs = std::filesystem;

Problems make_home(const fs::path& home, const std::map<std::string, std::string>& files) {
    std::error_code failed;
    fs::create_directories(home / "tmp", failed);
    if (!failed) fs::permissions(home, fs::perms::owner_all, failed);
    if (failed) return Problem{{home.string(), 0, 0}, "a directory that can be made", failed.message()};
    for (const auto& [name, text] : files) {
        const fs::path path = home / name;
        fs::create_directories(path.parent_path(), failed);
        std::ofstream stream(path, std::ios::binary | std::ios::trunc);
        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, failed);
        stream << text;
        stream.close();
        if (!stream || failed) return Problem{{path.string(), 0, 0}, "a file that can be written", "none"};
    }
    return {};
}

}  // namespace guise::clients
