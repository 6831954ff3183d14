// The frame of every page, and the files that all pages share: harness/docs/page, as they were put together
// by cmake/Page.cmake when guise was built.
#pragma once

#include "docs/html.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace guise::docs {

/// The frame: page/docs.html.
[[nodiscard]] std::string_view docs_page();
/// The stylesheet: page/docs.css, with that of report.html.
[[nodiscard]] std::string_view docs_style();
/// The script of the search and of light and dark: page/docs.js.
[[nodiscard]] std::string_view docs_script();

/// One page before it is put into its frame.
struct Page {
    std::string place;  // below the folder: `scenarios/validity/expired.html`
    std::string title;
    std::string kind;     // what it is about, for the search: `scenario`, `clause`, ...
    std::string details;  // what else it is found by
    Html body;
};

/// The whole file.
[[nodiscard]] std::string framed(const Page& page);

/// What the search reads: one entry a page, as a script that can be loaded from a file.
[[nodiscard]] std::string search_data(const std::vector<Page>& pages);

}  // namespace guise::docs
