// The pages of harness/report/page, as they were put together by cmake/Page.cmake when guise was built.
#pragma once

#include <string>
#include <string_view>

namespace guise::report {

/// One run: page/report.html.
[[nodiscard]] std::string_view report_page();
/// Two runs beside each other: page/diff.html.
[[nodiscard]] std::string_view diff_page();

/// A page with its data in place of `{{data}}`. `json` may hold anything: no text in it can end the
/// `<script>` that it stands in.
[[nodiscard]] std::string filled_page(std::string_view page, std::string_view json);

/// JSON in which no `<` stands, so that HTML finds no tag and no comment in it.
[[nodiscard]] std::string without_tags(std::string_view json);

}  // namespace guise::report
