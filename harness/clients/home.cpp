#include "clients/home.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace guise::clients {
namespace fs = std::filesystem;

Problems make_home(const fs::path& home, const std::map<std::string, std::string>& files) {
    std::error_code failed;
    fs::create_directories(home / "tmp", failed);
    if (!failed) fs::permissions(home, fs::perms::owner_all, failed);
    if (failed) return cannot("make the folder " + home.string(), failed.message());
    for (const auto& [name, text] : files) {
        const fs::path path = home / name;
        fs::create_directories(path.parent_path(), failed);
        std::ofstream stream(path, std::ios::binary | std::ios::trunc);
        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, failed);
        stream << text;
        stream.close();
        if (!stream || failed)
            return cannot("write " + path.string(), failed ? failed.message() : std::strerror(errno));
    }
    return {};
}

}  // namespace guise::clients
