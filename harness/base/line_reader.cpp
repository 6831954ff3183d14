#include "base/line_reader.hpp"

#include <algorithm>

namespace guise {

LineReader::Got LineReader::next(std::string& line) {
    for (std::size_t looked = at_;;) {
        const std::size_t end = buffer_.find('\n', looked);
        const std::size_t size = std::min(end, buffer_.size()) - at_;
        if (size > longest_) return Got::too_long;
        if (end != std::string::npos) {
            line.assign(buffer_, at_, size);
            at_ = end + 1;
            return Got::line;
        }
        buffer_.erase(0, at_);
        at_ = 0;
        looked = buffer_.size();
        if (!fill()) break;
    }
    if (buffer_.empty()) return Got::end;
    line = std::move(buffer_);
    buffer_.clear();
    return Got::unfinished;
}

bool LineReader::fill() {
    constexpr std::size_t step = 256 * 1024;
    const std::size_t before = buffer_.size();
    buffer_.resize(before + step);
    buffer_.resize(before + std::fread(buffer_.data() + before, 1, step, file_.get()));
    return buffer_.size() > before;
}

void LineReader::seek(std::size_t offset) {
    buffer_.clear();
    at_ = 0;
    std::clearerr(file_.get());
    (void)::fseeko(file_.get(), static_cast<off_t>(offset), SEEK_SET);
}

}  // namespace guise
