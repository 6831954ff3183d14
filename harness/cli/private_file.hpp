// A file for its owner alone.
#pragma once

#include "base/problem.hpp"

#include <string>

namespace guise::cli {

/// One file that is written at once, of the mode 0600. To write all of several or none, open each before the
/// first is written: a new file that has been opened and not written is gone with this.
class PrivateFile final {
 public:
    /// Of an empty path: nothing is opened or written. `force`: a file that exists is overwritten.
    PrivateFile(std::string path, bool force);
    PrivateFile(const PrivateFile&) = delete;
    PrivateFile& operator=(const PrivateFile&) = delete;
    ~PrivateFile();

    /// Leaves what is in the file. Errors: what the system says, one that exists among it.
    [[nodiscard]] Problems open();
    /// Only after `open` had no problems. Errors: what the system says.
    [[nodiscard]] Problems write(const std::string& text);

 private:
    [[nodiscard]] Problems problem() const;

    std::string path_;
    bool force_;
    int fd_ = -1;
    bool is_new_ = false;
    bool written_ = false;
};

}  // namespace guise::cli
