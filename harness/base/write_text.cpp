#include "base/write_text.hpp"

#include "base/fresh_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace guise {

namespace {

bool is_special(const std::filesystem::path& file) {
    struct stat info {};
    return ::stat(file.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

Problems write_special(const std::filesystem::path& file, std::string_view text) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    const bool written = descriptor >= 0 && write_all(descriptor, text);
    const int error = errno;
    const bool closed = descriptor >= 0 && ::close(descriptor) == 0;
    if (written && closed) return {};
    return cannot("write " + file.string(), std::strerror(written ? errno : error));
}

}  // namespace

Problems write_text(const std::filesystem::path& file, const std::string& text) {
    if (is_special(file)) return write_special(file, text);
    auto fresh = FreshFile::beside(file);
    if (!fresh) return fresh.error();
    if (Problems problems = fresh->write(text); !problems.empty()) return problems;
    return fresh->put_in_place();
}

Problems make_folder(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return cannot("make the folder " + folder.string(), failed.message());
    return {};
}

}  // namespace guise
