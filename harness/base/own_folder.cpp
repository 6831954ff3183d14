// The marker is what makes a folder guise's own, so it is the first thing in it and the last to go. Its lock
// says that a process uses the folder: the kernel drops it with the process, however that ends.
#include "base/own_folder.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace guise {

namespace fs = std::filesystem;

namespace {

int locked(int descriptor) {
    if (descriptor < 0 || ::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
    ::close(descriptor);
    return -1;
}

// Removes all but the marker. False where something cannot be removed.
bool emptied(const fs::path& folder) {
    std::error_code failed;
    bool all = true;
    for (fs::directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) {
        if (each->path().filename() == own_folder_marker) continue;
        std::error_code refused;
        fs::remove_all(each->path(), refused);
        all = all && !refused;
    }
    return all && !failed;
}

// Whether the marker is still in its folder: another process may have removed both while this one opened it.
bool is_in_place(int marker) {
    struct stat info {};
    return ::fstat(marker, &info) == 0 && info.st_nlink > 0;
}

// The lock of a folder that a process has left behind; -1 where it is none, or is in use.
int reclaimed(const fs::path& folder) {
    std::error_code failed;
    if (!fs::is_directory(fs::symlink_status(folder, failed))) return -1;
    const int lock = locked(::open((folder / own_folder_marker).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (lock < 0 || (is_in_place(lock) && emptied(folder))) return lock;
    ::close(lock);
    return -1;
}

int marked(const fs::path& folder) {
    constexpr int flags = O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW;
    return locked(::open((folder / own_folder_marker).c_str(), flags, 0600));
}

Problems not_made(const fs::path& folder, const std::string& why) {
    return cannot("make the folder " + folder.string(), why);
}

}  // namespace

Result<OwnFolder> OwnFolder::make(const fs::path& dir, std::string_view name, After after) {
    std::error_code failed;
    fs::create_directories(dir, failed);
    if (failed) return not_made(dir, failed.message());
    for (int number = 1;; ++number) {
        const fs::path folder = dir / (number == 1 ? std::string(name) : fmt::format("{}-{}", name, number));
        if (fs::create_directory(folder, failed)) {
            if (after == After::kept) return OwnFolder(folder, -1);
            const int lock = marked(folder);
            if (lock >= 0) return OwnFolder(folder, lock);
            return not_made(folder, std::strerror(errno));
        }
        const bool taken =
            !failed || failed == std::errc::file_exists || failed == std::errc::not_a_directory;
        if (!taken) return not_made(folder, failed.message());
        if (after == After::kept) continue;
        if (const int lock = reclaimed(folder); lock >= 0) return OwnFolder(folder, lock);
    }
}

OwnFolder::OwnFolder(OwnFolder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

OwnFolder::~OwnFolder() {
    if (lock_ >= 0) ::close(lock_);
}

void OwnFolder::remove() {
    if (lock_ < 0) return;
    std::error_code ignored;
    if (emptied(path_)) {
        fs::remove(path_ / own_folder_marker, ignored);
        fs::remove(path_, ignored);
    }
    ::close(std::exchange(lock_, -1));
}

}  // namespace guise
