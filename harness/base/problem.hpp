// What is wrong, and where: the one error type of the pure stages.
//
// Of a data file a Problem carries what was expected and what was found, so that a message never says only
// "invalid"; of an operation that failed it is a plain sentence with the cause. Loaders collect all problems
// of a file before they give up.
#pragma once

#include "base/shared_text.hpp"

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace guise {

/// A place in a text file; line and column count from 1, and 0 means "the file as a whole".
struct SourcePos {
    SharedText file;
    int line = 0;
    int column = 0;

    /// `file:line:column`, without the parts that are not known.
    [[nodiscard]] std::string text() const;
    bool operator==(const SourcePos&) const = default;
};

/// One thing that is wrong.
struct Problem {
    SourcePos where;
    std::string expected;
    std::string found;
    std::string sentence = {};  // of an operation that failed: the whole message, in place of the above

    /// `file:line:column: expected …, found …`, or the sentence; on one line.
    [[nodiscard]] std::string text() const;
};

/// An operation that failed: `cannot WHAT: WHY`, for example "cannot write out/report.html: No space left on
/// device".
[[nodiscard]] Problem cannot(std::string_view what, std::string_view why);

/// A message in its own words.
[[nodiscard]] Problem plain_problem(std::string sentence);

/// At least one problem, in the order in which a reader of the files would meet them.
struct Problems {
    std::vector<Problem> list;

    Problems() = default;
    Problems(Problem problem) { list.push_back(std::move(problem)); }  // NOLINT: a problem is problems

    void add(SourcePos where, std::string expected, std::string found);
    void add(Problems more);
    [[nodiscard]] bool empty() const noexcept { return list.empty(); }
    /// One line a problem, each ended by a newline.
    [[nodiscard]] std::string text() const;
};

/// A value, or the problems that kept it from being made.
template <class T>
using Result = boost::system::result<T, Problems>;

/// Called by `Result::value()` on a broken invariant: the caller said there was a value and there was none.
[[noreturn]] void throw_exception_from_error(const Problems& problems, const boost::source_location& where);

}  // namespace guise
