#include "base/fresh_file.hpp"

#include <fmt/format.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace guise {

namespace fs = std::filesystem;

namespace {

fs::path without_links(const fs::path& file) {
    std::error_code dangling;
    if (!fs::is_symlink(file, dangling)) return file;
    fs::path out = fs::canonical(file, dangling);
    return dangling ? file : out;
}

// Another process and another thread have other names; what a killed process has left behind has one, too.
fs::path name_beside(const fs::path& file) {
    static std::atomic<unsigned> made{0};
    return file.parent_path() / fmt::format("{}{}-{}", fresh_file_prefix, ::getpid(), ++made);
}

}  // namespace

FreshFile::FreshFile(fs::path named, fs::path target)
    : named_(std::move(named)), target_(std::move(target)) {}

FreshFile::FreshFile(FreshFile&& other) noexcept
    : named_(std::move(other.named_)),
      target_(std::move(other.target_)),
      path_(std::exchange(other.path_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

FreshFile::~FreshFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!path_.empty()) ::unlink(path_.c_str());
}

Problem FreshFile::problem(int error) const {
    return cannot("write " + named_.string(), std::strerror(error));
}

Result<FreshFile> FreshFile::beside(const fs::path& file) {
    FreshFile out(file, without_links(file));
    constexpr int flags = O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW;
    struct stat before {};
    const bool exists = ::stat(out.target_.c_str(), &before) == 0;
    if (exists && S_ISDIR(before.st_mode)) return Problems(out.problem(EISDIR));
    int error = EEXIST;
    while (out.descriptor_ < 0 && error == EEXIST) {
        const fs::path path = name_beside(out.target_);
        out.descriptor_ = ::open(path.c_str(), flags, 0666);
        error = errno;
        if (out.descriptor_ >= 0) out.path_ = path;
    }
    if (out.descriptor_ < 0) return Problems(out.problem(error));
    if (exists && ::fchmod(out.descriptor_, before.st_mode & 0777) != 0) return Problems(out.problem(errno));
    return out;
}

Problems FreshFile::write(std::string_view text) {
    if (write_all(descriptor_, text)) return {};
    return problem(errno);
}

Problems FreshFile::put_in_place() {
    const int descriptor = std::exchange(descriptor_, -1);
    const bool closed = descriptor < 0 || ::close(descriptor) == 0;
    if (!closed || ::rename(path_.c_str(), target_.c_str()) != 0) return problem(errno);
    path_.clear();
    return {};
}

int FreshFile::take_descriptor() noexcept { return std::exchange(descriptor_, -1); }

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace guise
