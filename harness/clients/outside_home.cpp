#include "clients/outside_home.hpp"

#include <array>
#include <pwd.h>
#include <system_error>
#include <unistd.h>

namespace guise::clients {

namespace fs = std::filesystem;

fs::path password_home() {
    std::array<char, 16 * 1024> texts{};
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(::getuid(), &entry, texts.data(), texts.size(), &found) != 0 || !found) return {};
    return entry.pw_dir ? entry.pw_dir : "";
}

OutsideHome::OutsideHome(const Client& client, const std::string& mode, const VisitPlace& place,
                         const fs::path& home) {
    if (home.empty() || home == fs::path(place.home)) return;
    std::vector<std::string> names = client.forget;
    if (client.pins) names.push_back(client.pins->file);
    for (const std::string& name : names) {
        const fs::path file = fs::path(place.home) / filled(client, mode, place, name);
        const fs::path below = file.lexically_relative(place.home);
        const bool pattern = below.string().find_first_of("*?") != std::string::npos;
        if (!below.empty() && *below.begin() != ".." && !pattern) files_.push_back(look(home / below));
    }
}

std::string OutsideHome::changed() const {
    for (const File& before : files_)
        if (!(look(before.path) == before)) return before.path.string();
    return {};
}

OutsideHome::File OutsideHome::look(const fs::path& path) {
    std::error_code not_there;
    File out{path, fs::last_write_time(path, not_there), 0};
    if (not_there) out.written = {};
    out.size = not_there ? 0 : fs::file_size(path, not_there);
    return out;
}

}  // namespace guise::clients
