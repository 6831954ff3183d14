// A text read as those encodings of which it may be one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guise::secrets {

/// A text, and how it was read: `percent-encoded`, `as HTML references`, `as UTF-16`, `packed by gzip` …;
/// empty: as it is.
struct View {
    std::string how;
    std::string text;
};

/// The text as it is, and each reading of it that differs. Bytes that are not of the encoding stay as they
/// are.
[[nodiscard]] std::vector<View> views_of(std::string_view text);

/// `%41` is `A` (RFC 3986 section 2.1).
[[nodiscard]] std::string percent_decoded(std::string_view text);

/// `&#65;` and `&#x41;` are `A`.
[[nodiscard]] std::string references_decoded(std::string_view text);

}  // namespace guise::secrets
