// The standards that defects and expectations name: `RFC 5280 6.1.3 (a)(1)`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guise::docs {

/// One place in a standard.
struct Standard {
    std::string name;   // as the file says it: `RFC 5280 6.1.3 (a)(1)`
    std::string title;  // `RFC 5280, section 6.1.3 (a)(1)`
    std::string url;    // its page at the RFC editor's, with the section; empty for what is no RFC
};

/// All that a `clause:` names, in its order: `RFC 5280 4.2, RFC 5280 6.1.4 (g)` are two.
[[nodiscard]] std::vector<Standard> standards_of(std::string_view clause);

/// The page of an RFC: `https://www.rfc-editor.org/rfc/rfc5280#section-6.1.3`. What stands in parentheses is
/// no part of a link, and an appendix (`A.1`) is one. `section` may be empty.
[[nodiscard]] std::string rfc_url(std::string_view number, std::string_view section);

}  // namespace guise::docs
