#include "cli/private_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace guise::cli {

PrivateFile::PrivateFile(std::string path, bool force) : path_(std::move(path)), force_(force) {}

PrivateFile::~PrivateFile() {
    if (fd_ >= 0) ::close(fd_);
    if (is_new_ && !written_) ::unlink(path_.c_str());
}

Problems PrivateFile::problem() const {
    return Problem{
        {path_, 0, 0}, "a new file that can be written (--force overwrites)", std::strerror(errno)};
}

Problems PrivateFile::open() {
    constexpr int flags = O_WRONLY | O_CLOEXEC;
    if (path_.empty()) return {};
    fd_ = ::open(path_.c_str(), flags | O_CREAT | O_EXCL, 0600);
    is_new_ = fd_ >= 0;
    if (fd_ < 0 && errno == EEXIST && force_) fd_ = ::open(path_.c_str(), flags);
    return fd_ >= 0 && ::fchmod(fd_, 0600) == 0 ? Problems() : problem();
}

Problems PrivateFile::write(const std::string& text) {
    if (path_.empty()) return {};
    const bool emptied = is_new_ || ::ftruncate(fd_, 0) == 0 || errno == EINVAL;  // a pipe has no length
    written_ = emptied && ::write(fd_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    return written_ ? Problems() : problem();
}

}  // namespace guise::cli
