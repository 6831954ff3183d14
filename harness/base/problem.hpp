// What is wrong, and where: the one error type of the pure stages.
//
// A Problem carries what was expected and what was found, so that a message never says only "invalid".
// Loaders collect all problems of a file before they give up; a run that cannot start says why in the same
// form.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include <string>
#include <vector>

namespace guise {

/// The name of a file, as messages show it. Every value that was read of a file has it, so all copies share
/// one text.
///
/// Lifetime: the texts live as long as the program; there are as many as files. Threads: safe.
class FileName final {
 public:
    FileName() = default;
    FileName(std::string name);                                  // NOLINT: it is a text
    FileName(const char* name) : FileName(std::string(name)) {}  // NOLINT: as above

    [[nodiscard]] const std::string& text() const noexcept;
    operator const std::string&() const noexcept { return text(); }  // NOLINT: as above
    [[nodiscard]] bool empty() const noexcept { return text().empty(); }
    bool operator==(const FileName& other) const { return text() == other.text(); }

 private:
    const std::string* name_ = nullptr;
};

/// A place in a text file; line and column count from 1, and 0 means "the file as a whole".
struct SourcePos {
    FileName file;
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

    /// `file:line:column: expected …, found …`, on one line.
    [[nodiscard]] std::string text() const;
};

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
