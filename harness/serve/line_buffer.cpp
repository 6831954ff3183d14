#include "serve/line_buffer.hpp"

#include <algorithm>

namespace guise::serve {

std::optional<LineBuffer::Line> LineBuffer::next() {
    for (;;) {
        const std::size_t end = bytes_.find('\n', std::max(begin_, scanned_));
        const bool complete = end != std::string::npos;
        const std::size_t size = (complete ? end : bytes_.size()) - begin_;
        if (!complete && size <= longest_ && !skipping_) {
            drop(0);
            return std::nullopt;
        }
        const bool was_skipping = skipping_;
        skipping_ = !complete;
        Line out;
        out.too_long = size > longest_;
        if (!out.too_long && complete) out.text = bytes_.substr(begin_, size);
        drop(size + (complete ? 1 : 0));
        if (!was_skipping) return out;
        if (!complete) return std::nullopt;
    }
}

std::optional<LineBuffer::Line> LineBuffer::rest() {
    if (skipping_ || begin_ == bytes_.size()) return std::nullopt;
    return Line{bytes_.substr(begin_), false};
}

// Moves on, and gives back what is behind once there is much of it.
void LineBuffer::drop(std::size_t size) {
    constexpr std::size_t much = 64 * 1024;
    begin_ += size;
    scanned_ = size == 0 ? bytes_.size() : begin_;
    if (begin_ < bytes_.size() && begin_ < much) return;
    bytes_.erase(0, begin_);
    scanned_ -= begin_;
    begin_ = 0;
}

}  // namespace guise::serve
