// HTML that is put together of texts, each of which is escaped on its way in.
#pragma once

#include "base/words.hpp"

#include <fmt/format.h>

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace guise::docs {

/// `text` as HTML shows it, in an element or in a quoted attribute.
[[nodiscard]] std::string escaped(std::string_view text);

/// A piece of HTML. A text becomes one only by way of `html` or `escaped`, so that no page forgets it.
struct Html {
    std::string text;

    Html& operator+=(const Html& more) {
        text += more.text;
        return *this;
    }
    [[nodiscard]] bool empty() const noexcept { return text.empty(); }
    bool operator==(const Html&) const = default;
};

/// What stands for a value in a form: itself, if it is HTML; else its text, escaped.
[[nodiscard]] inline std::string shown(const Html& value) { return value.text; }
[[nodiscard]] inline std::string shown(std::string_view value) { return escaped(value); }
[[nodiscard]] inline std::string shown(std::integral auto value) { return std::to_string(value); }

/// A form in which each `{}` is filled: `html("<p>{}</p>", text)`.
template <class... Values>
[[nodiscard]] Html html(std::string_view form, const Values&... values) {
    return {fmt::format(fmt::runtime(form), shown(values)...)};
}

/// All pieces, with `between` between two of them.
[[nodiscard]] Html joined(const std::vector<Html>& pieces, std::string_view between = ", ");

/// Words of a fixed vocabulary, with commas between them.
template <class Values>
[[nodiscard]] Html words_html(const Values& values) {
    std::vector<Html> out;
    for (const auto value : values) out.push_back({escaped(word(value))});
    return joined(out);
}

/// Texts as they are typed.
[[nodiscard]] Html codes_html(const std::vector<std::string>& texts, std::string_view between = ", ");

/// A table that scrolls by itself where it is too wide. Columns and cells are HTML; the first cell of a row
/// names the row. A column in which nothing is said is left out.
struct Table {
    std::string label;  // what it is, for those who do not see it
    std::vector<Html> columns;
    std::vector<std::vector<Html>> rows;
};
/// One that has no rows yet, under columns that are named by texts.
[[nodiscard]] Table table_with(std::string label, std::initializer_list<std::string_view> columns);
/// Nothing where it has no rows.
[[nodiscard]] Html table_html(const Table& table);

/// `<ul>` of the pieces; nothing where there are none.
[[nodiscard]] Html list_html(const std::vector<Html>& items);

/// A name of a fixed vocabulary (a level, a fault, a severity, a decision) as a small mark.
[[nodiscard]] Html mark(std::string_view word);

}  // namespace guise::docs
