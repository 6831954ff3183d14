// Whether a client keeps what it remembers outside of the home of its case: it takes its home from the
// password database, not from HOME. The next case would find what this one left there.
#pragma once

#include "clients/launch.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace guise::clients {

/// The home that the password database has for the user; empty where it has none.
[[nodiscard]] std::filesystem::path password_home();

/// Files as they are before a visit.
class OutsideHome final {
 public:
    /// Looks at the files that `pins` and `forget` of the client file name below the home, as they would be
    /// below `home`. Patterns are not looked at.
    OutsideHome(const Client& client, const std::string& mode, const VisitPlace& place,
                const std::filesystem::path& home);

    /// The first of them that has changed since; empty where none has.
    [[nodiscard]] std::string changed() const;

 private:
    struct File {
        std::filesystem::path path;
        std::filesystem::file_time_type written;
        std::uintmax_t size = 0;
        bool operator==(const File&) const = default;
    };
    [[nodiscard]] static File look(const std::filesystem::path& path);

    std::vector<File> files_;
};

}  // namespace guise::clients
