#include "docs/html.hpp"

namespace guise::docs {

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    return out;
}

Html joined(const std::vector<Html>& pieces, std::string_view between) {
    Html out;
    for (const Html& piece : pieces) {
        if (!out.empty()) out.text += between;
        out += piece;
    }
    return out;
}

Html codes_html(const std::vector<std::string>& texts, std::string_view between) {
    std::vector<Html> out;
    for (const std::string& text : texts) out.push_back(html("<code>{}</code>", text));
    return joined(out, between);
}

Table table_with(std::string label, std::initializer_list<std::string_view> columns) {
    Table out{std::move(label), {}, {}};
    for (const std::string_view column : columns) out.columns.push_back(html("{}", column));
    return out;
}

Html table_html(const Table& table) {
    if (table.rows.empty()) return {};
    std::vector<bool> used(table.columns.size(), false);
    for (const auto& row : table.rows)
        for (std::size_t i = 0; i < row.size(); ++i) used[i] = used[i] || !row[i].empty();
    Html head;
    for (std::size_t i = 0; i < used.size(); ++i)
        if (used[i]) head += html("<th scope=\"col\">{}</th>", table.columns[i]);
    Html body;
    for (const auto& row : table.rows) {
        Html cells;
        for (std::size_t i = 0; i < row.size(); ++i)
            if (used[i]) cells += html(i == 0 ? "<th scope=\"row\">{}</th>" : "<td>{}</td>", row[i]);
        body += html("<tr>{}</tr>\n", cells);
    }
    return html(
        "<div class=\"scroll\" role=\"region\" aria-label=\"{}\" "
        "tabindex=\"0\"><table>\n<thead><tr>{}</tr></thead>\n"
        "<tbody>\n{}</tbody></table></div>\n",
        table.label, head, body);
}

Html list_html(const std::vector<Html>& items) {
    Html out;
    for (const Html& item : items) out += html("<li>{}</li>\n", item);
    return out.empty() ? out : html("<ul>\n{}</ul>\n", out);
}

Html mark(std::string_view word) { return html("<span class=\"m m-{}\">{}</span>", word, word); }

}  // namespace guise::docs
