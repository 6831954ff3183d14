// The regular expressions of the data files: ECMAScript, and Python's named groups `(?P<name>…)` with it.
//
// `.` does not match a line end; `^` and `$` are the ends of the whole text; `(?i)` at the start is
// understood. Matching takes no stack of its own that a long text could exhaust, and ends: a pattern that has
// too much work with a text does not match it. std::regex promises neither, so nothing else is used.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guise {

/// No pattern is longer. Compiling takes stack for each group in a group.
constexpr std::size_t longest_pattern = 4096;

/// What a pattern has found.
struct Match {
    std::size_t begin = 0;
    std::size_t end = 0;                       // one past the last byte
    std::map<std::string, std::string> named;  // of the named groups, those that took part
    std::string value;                         // of the first group, or of the whole where there is none
};

/// Threads: distinct and shared objects are safe, nothing changes.
class Pattern final {
 public:
    /// Matches nothing.
    Pattern() = default;
    /// Nothing where `text` is no regular expression, or a longer one; `error` then says why.
    [[nodiscard]] static std::optional<Pattern> compile(std::string_view text, std::string& error);

    /// The first match.
    [[nodiscard]] std::optional<Match> search(std::string_view text) const;
    /// The first match that ends where `text` ends.
    [[nodiscard]] std::optional<Match> search_at_end(std::string_view text) const;
    /// How many groups it has, with and without a name.
    [[nodiscard]] std::size_t groups() const;
    /// Of its named groups, in order.
    [[nodiscard]] const std::vector<std::string>& names() const;

 private:
    struct Compiled;
    std::shared_ptr<const Compiled> compiled_;
};

}  // namespace guise
