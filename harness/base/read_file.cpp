#include "base/read_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace guise {
namespace {

const char* kind_of(mode_t mode) {
    if (S_ISDIR(mode)) return "a folder";
    if (S_ISFIFO(mode)) return "a pipe";
    if (S_ISSOCK(mode)) return "a socket";
    return "a device";
}

// Up to `most` bytes from here to the end of the file; `error` is 0 or an errno.
std::string rest_of(std::FILE* file, std::size_t most, int& error) {
    std::string out;
    constexpr std::size_t step = 64 * 1024;
    error = 0;
    for (std::size_t got = 1; got > 0 && out.size() < most;) {
        const std::size_t before = out.size();
        const std::size_t wanted = std::min(step, most - before);
        out.resize(before + wanted);
        got = std::fread(out.data() + before, 1, wanted, file);
        out.resize(before + got);
    }
    if (std::ferror(file)) error = errno;
    return out;
}

}  // namespace

Result<OpenFile> open_file(const std::filesystem::path& file, const ReadOptions& options) {
    const auto problem = [&](std::string found) {
        return Problem{
            {options.name.empty() ? file.string() : options.name, 0, 0}, options.expected, std::move(found)};
    };
    struct stat info {};
    // Opening a device may do something, and a named pipe has no writer: look first, and look again at what
    // is open.
    if (::stat(file.c_str(), &info) != 0) return problem(errno == ENOENT ? "none" : std::strerror(errno));
    if (!S_ISREG(info.st_mode)) return problem(kind_of(info.st_mode));
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) return problem(std::strerror(errno));
    OpenFile out(::fdopen(descriptor, "rb"));
    if (!out) ::close(descriptor);
    if (!out || ::fstat(descriptor, &info) != 0) return problem(std::strerror(errno));
    if (!S_ISREG(info.st_mode)) return problem(kind_of(info.st_mode));
    return out;
}

Result<std::string> read_file(const std::filesystem::path& file, const ReadOptions& options) {
    const auto opened = open_file(file, options);
    if (!opened) return opened.error();
    int error = 0;
    std::string out = rest_of(opened->get(), options.most + 1, error);
    const SourcePos where{options.name.empty() ? file.string() : options.name, 0, 0};
    if (error != 0) return Problem{where, options.expected, std::strerror(error)};
    if (out.size() > options.most)
        return Problem{where, options.expected, fmt::format("one of more than {} bytes", options.most)};
    return out;
}

std::string text_of_file(const std::filesystem::path& file) {
    auto text = read_file(file);
    return text ? std::move(*text) : std::string();
}

std::string read_part(const std::filesystem::path& file, std::size_t offset, std::size_t most) {
    const auto opened = open_file(file);
    if (!opened || ::fseeko(opened->get(), static_cast<off_t>(offset), SEEK_SET) != 0) return {};
    int ignored = 0;
    return rest_of(opened->get(), most, ignored);
}

}  // namespace guise
