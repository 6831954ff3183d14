// A folder that guise makes for itself beside files of others, and may remove.
#pragma once

#include "base/problem.hpp"

#include <filesystem>
#include <string_view>

namespace guise {

/// The file in a folder that says: guise made this folder, and removes it.
constexpr const char* own_folder_marker = ".guise-removes-this-folder";

/// NAME in a folder, or NAME-2, NAME-3 and so on where NAME is somebody else's. One that is left from a
/// process that was killed is emptied and used again; one without the marker, and one that a living process
/// uses, is left alone.
class OwnFolder final {
 public:
    /// What becomes of it. One that stays has no marker: no later call removes it.
    enum class After { removed, kept };

    /// Makes it, and `dir` too. Errors: `cannot make the folder …`.
    static Result<OwnFolder> make(const std::filesystem::path& dir, std::string_view name, After after);

    OwnFolder(OwnFolder&& other) noexcept;
    OwnFolder& operator=(OwnFolder&&) = delete;
    /// Does not remove it: a process that something else has ended may still write below it.
    ~OwnFolder();

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    /// Removes it with all that is in it, unless it is to be kept.
    void remove();

 private:
    OwnFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

    std::filesystem::path path_;
    int lock_;  // the open marker, locked while this lives; -1 where the folder is to be kept
};

}  // namespace guise
