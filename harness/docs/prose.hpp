// The project's own words, as HTML: comments, texts of clauses, READMEs. What they name becomes a link.
#pragma once

#include "docs/html.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace guise::docs {

/// What a text can name, with the place of its page: `trust/self-signed`, `DK-23`.
using Glossary = std::map<std::string, std::string, std::less<>>;

/// Turns texts into HTML for one page.
///
/// Lifetime: keeps a reference to the glossary.
class Prose final {
 public:
    Prose(const Glossary& glossary, std::string page) : glossary_(glossary), page_(std::move(page)) {}

    /// One text: names of the glossary and sections of RFCs become links, `code` between backticks code.
    [[nodiscard]] Html text(std::string_view text) const;
    /// The paragraphs of a comment. A sketch (lines with an arrow or with columns) keeps its lines.
    [[nodiscard]] Html comment(std::string_view comment) const;
    /// The paragraphs of an area's README: without its title, its counts and the links to files that have no
    /// page.
    [[nodiscard]] Html readme(std::string_view markdown) const;
    [[nodiscard]] const std::string& page() const noexcept { return page_; }

 private:
    [[nodiscard]] Html names(std::string_view text) const;

    const Glossary& glossary_;
    std::string page_;
};

/// Parts of a text that are apart by an empty line, without the newlines at their ends.
[[nodiscard]] std::vector<std::string> paragraphs(std::string_view text);

}  // namespace guise::docs
