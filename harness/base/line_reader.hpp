// A text file, line by line, with a limit of what one line may hold.
#pragma once

#include "base/read_file.hpp"

#include <cstddef>
#include <string>

namespace guise {

/// Memory: that of the longest line.
class LineReader final {
 public:
    enum class Got {
        line,
        unfinished,  // the last one, which has no line end
        too_long,    // more than `longest`; nothing more can be read
        end
    };

    explicit LineReader(OpenFile file, std::size_t longest) : file_(std::move(file)), longest_(longest) {}

    /// The next line, without its line end. Calls after the last say `end`.
    [[nodiscard]] Got next(std::string& line);

    /// Goes on at `offset`, where a line begins.
    void seek(std::size_t offset);

 private:
    bool fill();

    OpenFile file_;
    std::size_t longest_;
    std::string buffer_;  // what has been read of the file
    std::size_t at_ = 0;  // where the next line begins in it
};

}  // namespace guise
