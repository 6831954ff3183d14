#include "cli/output_file.hpp"

#include "base/fresh_file.hpp"
#include "base/write_text.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace guise::cli {

OutputFile::OutputFile(std::string path, bool force, mode_t mode)
    : path_(std::move(path)), force_(force), mode_(mode) {}

OutputFile::~OutputFile() {
    if (fd_ >= 0) ::close(fd_);
    if (is_new_ && !written_) ::unlink(path_.c_str());
}

Problems OutputFile::problem() const {
    const char* way_out = errno == EEXIST ? " (--force overwrites it)" : "";
    return cannot("write " + path_, std::string(std::strerror(errno)) + way_out);
}

Problems OutputFile::open() {
    constexpr int flags = O_WRONLY | O_CLOEXEC;
    if (path_.empty()) return {};
    fd_ = ::open(path_.c_str(), flags | O_CREAT | O_EXCL, 0600);  // until it is known to be ours
    is_new_ = fd_ >= 0;
    if (fd_ < 0 && errno == EEXIST && force_) fd_ = ::open(path_.c_str(), flags);
    return fd_ >= 0 && ::fchmod(fd_, mode_) == 0 ? Problems() : problem();
}

Problems OutputFile::write(const std::string& text) {
    if (path_.empty()) return {};
    if (!is_new_) return write_text(path_, text);  // an old file stays whole until the new one is
    written_ = write_all(fd_, text);
    return written_ ? Problems() : problem();
}

}  // namespace guise::cli
