// Files that are written at once, or not at all.
#pragma once

#include "base/problem.hpp"

#include <string>
#include <sys/types.h>

namespace guise::cli {

/// One file that is written at once. To write all of several or none, open each before the
/// first is written: a new file that has been opened and not written is gone with this.
class OutputFile final {
 public:
    /// Of an empty path: nothing is opened or written. `force`: a file that exists is overwritten. `mode`:
    /// who may read it, also where it exists; its owner alone, where it has a key.
    OutputFile(std::string path, bool force, mode_t mode);
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    /// Leaves what is in the file. Errors: `cannot write FILE: WHY`, for example since it exists.
    [[nodiscard]] Problems open();
    /// Only after `open` had no problems. Errors: `cannot write FILE: WHY`.
    [[nodiscard]] Problems write(const std::string& text);

 private:
    [[nodiscard]] Problems problem() const;

    std::string path_;
    bool force_;
    mode_t mode_;
    int fd_ = -1;
    bool is_new_ = false;
    bool written_ = false;
};

}  // namespace guise::cli
