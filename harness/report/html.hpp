// The results as one HTML page that needs nothing else: no network, no server, no file beside it.
#pragma once

#include "base/problem.hpp"
#include "profile/clause_list.hpp"
#include "report/record.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace guise::report {

/// Stands in the head of every page (see base/own_file.hpp).
constexpr std::string_view html_mark = "<title>guise report</title>";

/// What goes into the page besides the records of the file.
struct HtmlOptions {
    const Results* judged = nullptr;               // verdicts in place of those that were recorded
    const profile::ClauseList* clauses = nullptr;  // the texts of the clauses that checks rest on
    std::size_t limit = 8'000'000;                 // bytes of data from which on evidence is left out
};

/// The data of the page, made of a results.jsonl: every case, and the evidence of as many as fit, those that
/// are not a plain pass first. It is JSON that may stand in a `<script>`. Memory: that of the data, however
/// large the file is. Errors: those of reading the file.
[[nodiscard]] Result<std::string> html_data(const std::filesystem::path& file, const HtmlOptions& options);

/// The page with its data.
[[nodiscard]] Result<std::string> html_report(const std::filesystem::path& file, const HtmlOptions& options);

}  // namespace guise::report
