// results.jsonl: append-only, one record a line, each flushed to the kernel before the call returns.
#pragma once

#include "base/problem.hpp"
#include "report/record.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace guise::report {

/// How every file begins (see base/own_file.hpp).
constexpr std::string_view results_mark = R"({"type":"run.start")";

/// The truth of a run. Every other report is a projection of it.
class ResultsFile final {
 public:
    /// Makes the folder and an empty file. Errors: `cannot write FILE: WHY`.
    static Result<ResultsFile> create(const std::filesystem::path& file);

    /// The lines of an existing file that belong to one of `sessions`, and its first; then more can be
    /// appended. The file is replaced in one step: a kill leaves the old or the new one. Errors: what cannot
    /// be read or written.
    static Result<ResultsFile> resume(const std::filesystem::path& file,
                                      const std::set<std::string>& sessions);

    /// Appends one record. After the first failure (a full disk) nothing more is written, and `failure` says
    /// why.
    template <class Record>
    void write(const Record& record);

    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }

 private:
    struct Close {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };
    explicit ResultsFile(std::unique_ptr<std::FILE, Close> file) : file_(std::move(file)) {}
    void line(const std::string& text);

    std::unique_ptr<std::FILE, Close> file_;
    std::string failure_;
};

}  // namespace guise::report
