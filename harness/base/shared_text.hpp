// A text that many values have: file names in places, names of scenarios and clients in records.
#pragma once

#include <fmt/format.h>

#include <compare>
#include <string>
#include <string_view>

namespace guise {

/// An unchanging text, of which equal copies share one. It is as large as a pointer.
///
/// For texts of which there are few different ones: they live as long as the program. Threads: safe.
class SharedText final {
 public:
    SharedText() = default;
    SharedText(std::string_view text);                                           // NOLINT: it is a text
    SharedText(const std::string& text) : SharedText(std::string_view(text)) {}  // NOLINT: as above
    SharedText(const char* text) : SharedText(std::string_view(text)) {}         // NOLINT: as above

    [[nodiscard]] const std::string& text() const noexcept;
    operator const std::string&() const noexcept { return text(); }  // NOLINT: as above
    [[nodiscard]] bool empty() const noexcept { return text().empty(); }

    /// In the order of the texts.
    std::strong_ordering operator<=>(const SharedText& other) const noexcept;
    bool operator==(const SharedText& other) const noexcept { return text_ == other.text_; }

 private:
    const std::string* text_ = nullptr;  // none where it is empty
};

}  // namespace guise

template <>
struct fmt::formatter<guise::SharedText> : fmt::formatter<std::string_view> {
    auto format(const guise::SharedText& text, format_context& context) const {
        return fmt::formatter<std::string_view>::format(text.text(), context);
    }
};
