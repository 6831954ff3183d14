#include "clients/preload.hpp"

namespace guise::clients {
namespace {

// The loader reads libraries of its own architecture only, so these come first.
#if defined(__x86_64__)
constexpr std::string_view own_libraries = "/usr/lib/x86_64-linux-gnu";
#elif defined(__aarch64__)
constexpr std::string_view own_libraries = "/usr/lib/aarch64-linux-gnu";
#else
constexpr std::string_view own_libraries = "/lib";
#endif

}  // namespace

std::filesystem::path find_library(std::string_view name) {
    for (std::string_view directory : {own_libraries, std::string_view("/usr/lib64"),
                                       std::string_view("/usr/lib"), std::string_view("/usr/local/lib")}) {
        std::filesystem::path file = std::filesystem::path(directory) / name;
        std::error_code ignored;
        if (std::filesystem::is_regular_file(file, ignored)) return file;
    }
    return {};
}

std::filesystem::path find_faketime() {
    static const std::filesystem::path found = find_library("faketime/libfaketimeMT.so.1");
    return found;
}

void preload(std::map<std::string, std::string>& env, const std::filesystem::path& library) {
    std::string& value = env["LD_PRELOAD"];
    value += (value.empty() ? "" : " ") + library.string();
}

}  // namespace guise::clients
