// Files that are read: regular ones alone, up to a limit. A named pipe would keep guise waiting, a device
// would fill its memory.
#pragma once

#include "base/problem.hpp"

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

namespace guise {

/// What is read of one file, and what a message calls it.
struct ReadOptions {
    std::size_t most = 16 << 20;
    std::string name{};                       // empty: the path
    std::string expected{"a readable file"};  // in a message
};

/// The content of a regular file. Errors: a file that cannot be read, is something else, or is larger.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file,
                                            const ReadOptions& options = {});

/// The same; an empty text for a file that cannot be read. For files that were read before.
[[nodiscard]] std::string text_of_file(const std::filesystem::path& file);

/// At most `most` bytes from `offset` on; nothing where there is none of that, or no regular file.
[[nodiscard]] std::string read_part(const std::filesystem::path& file, std::size_t offset, std::size_t most);

struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using OpenFile = std::unique_ptr<std::FILE, CloseFile>;

/// A regular file that is open for reading. Never waits. Errors: as `read_file`, but for the size.
[[nodiscard]] Result<OpenFile> open_file(const std::filesystem::path& file, const ReadOptions& options = {});

}  // namespace guise
