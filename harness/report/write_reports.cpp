#include "report/write_reports.hpp"

#include "base/nearest.hpp"
#include "base/own_file.hpp"
#include "base/write_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <set>

namespace guise::report {

namespace fs = std::filesystem;

namespace {

// Two ways to write one path are one file.
fs::path real(const fs::path& file) {
    std::error_code failed;
    const fs::path out = fs::weakly_canonical(fs::absolute(file), failed);
    return failed ? fs::absolute(file).lexically_normal() : out;
}

Result<ReportRequest> request(const std::string& text, const fs::path& folder, Reporters table) {
    const auto equals = text.find('=');
    const std::string name = text.substr(0, equals);
    const auto found = std::ranges::find(table, name, &Reporter::name);
    if (found == table.end())
        return plain_problem(fmt::format("unknown report '{}'{} (known: {})", name,
                                         did_you_mean(name, table | std::views::transform(&Reporter::name)),
                                         names_of(table)));
    if (equals == std::string::npos) return ReportRequest{&*found, folder / found->file};
    if (equals + 1 == text.size())
        return plain_problem(fmt::format("--report {}: the name of a file is missing after '='", text));
    return ReportRequest{&*found, text.substr(equals + 1)};
}

}  // namespace

Result<std::vector<ReportRequest>> requested_reports(const std::vector<std::string>& given,
                                                     const fs::path& folder, const fs::path& results,
                                                     Reporters table) {
    std::vector<ReportRequest> out;
    std::set<fs::path> files{real(results)};
    Problems problems;
    for (const std::string& text : given) {
        auto one = request(text, folder, table);
        if (!one)
            problems.add(one.error());
        else if (!files.insert(real(one->file)).second)
            problems.add(plain_problem(fmt::format("--report {}: {} is written already; choose another file",
                                                   text, one->file.string())));
        else
            out.push_back(std::move(*one));
    }
    if (!problems.empty()) return problems;
    return out;
}

std::vector<ReportRequest> all_reports(const fs::path& folder, Reporters table) {
    std::vector<ReportRequest> out;
    for (const Reporter& each : table) out.push_back({&each, folder / each.file});
    return out;
}

Problems why_not_written(const std::vector<ReportRequest>& requests, const fs::path& folder) {
    Problems problems;
    for (const ReportRequest& each : requests) {
        std::error_code ignored;
        const fs::path into = each.file.parent_path();
        if (!into.empty() && into != folder && !fs::is_directory(into, ignored))
            problems.add(
                cannot("write " + each.file.string(), fmt::format("there is no folder {}", into.string())));
        if (!may_overwrite(each.file, each.reporter->mark))
            problems.add(foreign_file(each.file, "choose another one, or overwrite it with --force"));
    }
    return problems;
}

WrittenReports write_reports(const std::vector<ReportRequest>& requests, const ReportInput& input) {
    WrittenReports out;
    for (const ReportRequest& each : requests) {
        const auto text = each.reporter->make(input);
        Problems problems = text ? write_text(each.file, *text) : text.error();
        if (problems.empty()) out.files.push_back(each.file);
        out.problems.add(std::move(problems));
    }
    return out;
}

}  // namespace guise::report
