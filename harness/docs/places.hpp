// Where each page stands below the folder of the documentation, and how one leads to another.
#pragma once

#include "docs/html.hpp"

#include <string>
#include <string_view>

namespace guise::docs {

/// `scenarios/validity/expired.html`
[[nodiscard]] std::string scenario_place(std::string_view base);
/// `clauses/DK-23.html`
[[nodiscard]] std::string clause_place(std::string_view id);
/// `standards/rfc-5280-6.1.3-a-1.html`, of `RFC 5280 6.1.3 (a)(1)`.
[[nodiscard]] std::string standard_place(std::string_view name);
[[nodiscard]] std::string defect_place(std::string_view name);
[[nodiscard]] std::string profile_place(std::string_view name);
[[nodiscard]] std::string client_place(std::string_view name);

/// What leads from a page back to the folder: `../../` for `scenarios/validity/expired.html`.
[[nodiscard]] std::string way_up(std::string_view place);

/// A link from one page to another, each by its place. `to` may have a `#part`.
[[nodiscard]] Html link(std::string_view from, std::string_view to, const Html& shown);
[[nodiscard]] Html link(std::string_view from, std::string_view to, std::string_view text);

/// A link to a page of others, marked as one.
[[nodiscard]] Html outside_link(std::string_view url, std::string_view text);

}  // namespace guise::docs
