#include "clients/forget.hpp"

#include "base/glob.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

namespace guise::clients {
namespace {

namespace fs = std::filesystem;

bool lies_below(const fs::path& path, const fs::path& root) {
    std::error_code failed;
    const fs::path real = fs::canonical(root, failed);
    return !failed && std::mismatch(real.begin(), real.end(), path.begin(), path.end()).first == real.end();
}

// The roots below which something may be removed: the home, and the state where it is elsewhere.
std::vector<fs::path> roots(const Client& client, const std::string& mode, const VisitPlace& place) {
    std::vector<fs::path> out{place.home};
    if (client.state != "none") out.emplace_back(filled(client, mode, place, "{state}"));
    return out;
}

std::string remove_matching(const fs::path& folder, const std::string& pattern) {
    std::error_code failed;
    std::vector<fs::path> found;
    for (fs::directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed))
        if (matches(pattern, each->path().filename().string())) found.push_back(each->path());
    for (const fs::path& file : found) {
        if (failed) break;
        fs::remove(file, failed);
    }
    return failed ? fmt::format("'{}' cannot be removed: {}", (folder / pattern).string(), failed.message())
                  : std::string();
}

std::string remove_files(const fs::path& path, const std::vector<fs::path>& roots) {
    std::error_code failed;
    const fs::path folder = fs::canonical(path.parent_path(), failed);
    if (failed == std::errc::no_such_file_or_directory) return {};
    const bool inside = !failed && std::any_of(roots.begin(), roots.end(), [&](const fs::path& root) {
        return !root.empty() && lies_below(folder, root);
    });
    if (!inside) return fmt::format("'{}' does not lie below the client's home", path.string());
    return remove_matching(folder, path.filename().string());
}

}  // namespace

std::string forget_files(const Client& client, const std::string& mode, const VisitPlace& place) {
    if (client.forget.empty()) return "the client file does not say how to forget";
    const std::vector<fs::path> allowed = roots(client, mode, place);
    for (const std::string& path : client.forget) {
        const fs::path file = fs::path(place.home) / filled(client, mode, place, path);
        if (std::string trouble = remove_files(file, allowed); !trouble.empty()) return trouble;
    }
    return {};
}

}  // namespace guise::clients
