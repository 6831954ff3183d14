// What the pages have in common: links to scenarios, clauses and standards, as one page needs them.
#pragma once

#include "docs/book.hpp"
#include "docs/page.hpp"
#include "docs/standard.hpp"

#include <string>

namespace guise::docs {

/// Writes for one page.
///
/// Lifetime: keeps a reference to the book.
class Writer final {
 public:
    Writer(const Book& of, std::string place) : book(of), page(std::move(place)), prose(of.glossary, page) {}

    /// Its title, and its id beside it.
    [[nodiscard]] Html scenario(const std::string& base) const;
    [[nodiscard]] Html scenarios(const Names& bases) const;
    /// The id of a clause, and how binding it is for a profile, or in its clause list.
    [[nodiscard]] Html clause(const std::string& id, const profile::Profile* profile = nullptr) const;
    /// Several of them.
    [[nodiscard]] Html clauses(const profile::Clauses& ids, const profile::Profile* profile) const;
    /// What a defect or an expectation names: a clause of a clause list, or parts of standards.
    [[nodiscard]] Html standards(const std::string& clause) const;
    [[nodiscard]] Html defect(const std::string& name) const;
    [[nodiscard]] Html profile(const std::string& name) const;
    [[nodiscard]] Html client(const std::string& name) const;

    const Book& book;
    const std::string page;
    const Prose prose;
};

/// `<h2>` and what is below it; nothing where there is nothing.
[[nodiscard]] Html section(std::string_view id, std::string_view title, const Html& body);

/// The way back: links to what a page is part of.
[[nodiscard]] Html crumbs(const std::vector<Html>& links);

/// `<dl>` of names and values, without those that have no value.
[[nodiscard]] Html pairs_html(const std::vector<std::pair<std::string_view, Html>>& pairs);

/// A command to copy.
[[nodiscard]] Html command_html(std::string_view command);

/// The text of a file of the data; nothing where it cannot be read.
[[nodiscard]] std::string file_text(const std::string& file);

/// A YAML file without the comment that opens it, below the name that the project has for it.
[[nodiscard]] Html file_section(std::string_view name, const std::string& file);

}  // namespace guise::docs
