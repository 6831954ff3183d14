#include "clients/reach.hpp"

#include <fmt/format.h>

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

std::filesystem::path find_library(std::string_view name) {
    for (std::string_view directory : {own_libraries, std::string_view("/usr/lib64"),
                                       std::string_view("/usr/lib"), std::string_view("/usr/local/lib")}) {
        const std::filesystem::path file = std::filesystem::path(directory) / name;
        std::error_code ignored;
        if (std::filesystem::is_regular_file(file, ignored)) return file;
    }
    return {};
}

}  // namespace

std::filesystem::path find_nss_wrapper() {
    static const std::filesystem::path found = find_library("libnss_wrapper.so");
    return found;
}

std::filesystem::path find_faketime() {
    static const std::filesystem::path found = find_library("faketime/libfaketimeMT.so.1");
    return found;
}

bool reach_available(Reach reach, std::string& why_not) {
    switch (reach) {
        case Reach::option:
        case Reach::localhost:
            return true;
        case Reach::nss_wrapper:
            if (!find_nss_wrapper().empty()) return true;
            why_not = "libnss_wrapper.so is not installed (Debian package libnss-wrapper)";
            return false;
        case Reach::hosts_file:
        case Reach::http_proxy:
        case Reach::socks_proxy:
        case Reach::rpc:
            break;
    }
    why_not = fmt::format("reach {} is not supported yet", word(reach));
    return false;
}

Result<Reach> choose_reach(const Client& client) {
    std::string reasons;
    for (const Reach reach : client.reach) {
        std::string why_not;
        if (reach_available(reach, why_not)) return reach;
        reasons += (reasons.empty() ? "" : "; ") + why_not;
    }
    return Problem{{client.file.string(), 0, 0}, "a way to the server that works here", reasons};
}

}  // namespace guise::clients
