#include "base/shared_text.hpp"

#include <functional>
#include <mutex>
#include <set>

namespace guise {

SharedText::SharedText(std::string_view text) {
    if (text.empty()) return;
    static std::mutex alone;
    static std::set<std::string, std::less<>> all;
    const std::scoped_lock lock(alone);
    auto found = all.find(text);
    if (found == all.end()) found = all.emplace(text).first;
    text_ = &*found;
}

const std::string& SharedText::text() const noexcept {
    static const std::string none;
    return text_ ? *text_ : none;
}

std::strong_ordering SharedText::operator<=>(const SharedText& other) const noexcept {
    if (text_ == other.text_) return std::strong_ordering::equal;
    return text() <=> other.text();
}

}  // namespace guise
