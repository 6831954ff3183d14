// Cuts bytes into lines of a bounded length.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace guise::serve {

/// Memory: what was received and not taken, and one line of the longest kind.
class LineBuffer final {
 public:
    struct Line {
        std::string text;       // without the line end; empty where it is too long
        bool too_long = false;  // it was dropped, up to its end
    };

    /// `longest` counts no line end.
    explicit LineBuffer(std::size_t longest) : longest_(longest) {}

    void receive(std::string_view bytes) { bytes_ += bytes; }
    /// The next line that is complete, or that has become too long.
    [[nodiscard]] std::optional<Line> next();
    /// What follows the last line end, once nothing more comes; none: nothing.
    [[nodiscard]] std::optional<Line> rest();

 private:
    void drop(std::size_t size);

    std::size_t longest_;
    std::string bytes_;
    std::size_t begin_ = 0;    // of what was not taken yet
    std::size_t scanned_ = 0;  // there is no line end before
    bool skipping_ = false;    // the rest of a line that was too long
};

}  // namespace guise::serve
