// Two runs beside each other: what changed its verdict, what is new, what is gone.
#pragma once

#include "base/problem.hpp"
#include "report/record.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guise::report {

/// Stands in the head of every page (see base/own_file.hpp).
constexpr std::string_view diff_mark = "<title>guise diff</title>";

/// What became of a case in one of the runs.
struct Became {
    SharedText verdict;
    SharedText word;  // as in a table: the verdict, `known` or `fixed`
    std::string sentence;
    bool operator==(const Became& other) const { return verdict == other.verdict; }
};

/// A case of either run.
struct Compared {
    CaseId id;
    SharedText title;
    std::optional<Became> before;  // none where it is new
    std::optional<Became> after;   // none where it is gone
};

/// One of the runs.
struct Side {
    std::filesystem::path file;
    RunStart start;
    std::map<std::string, std::size_t> counts;  // by the word of a table
};

/// What differs. Cases are sorted by scenario, mode and client.
struct Difference {
    Side before, after;
    std::vector<Compared> changed, fresh, gone;
    std::size_t unchanged = 0;

    /// Whether both have the same cases with the same verdicts.
    [[nodiscard]] bool same() const { return changed.empty() && fresh.empty() && gone.empty(); }
};

/// Compares two files, or the files in two folders. Errors: those of reading them.
[[nodiscard]] Result<Difference> compare(const std::filesystem::path& before,
                                         const std::filesystem::path& after);

/// A line a case, and what it comes to.
[[nodiscard]] std::string diff_text(const Difference& difference);

/// The data of the page, as JSON.
[[nodiscard]] std::string diff_data(const Difference& difference);

/// A page that needs nothing else.
[[nodiscard]] std::string diff_html(const Difference& difference);

}  // namespace guise::report
