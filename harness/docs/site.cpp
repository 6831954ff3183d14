#include "docs/site.hpp"

#include "docs/clause_pages.hpp"
#include "docs/client_pages.hpp"
#include "docs/defect_pages.hpp"
#include "docs/index_page.hpp"
#include "docs/profile_pages.hpp"
#include "docs/scenario_page.hpp"

#include <fmt/format.h>

#include <iterator>

namespace guise::docs {

namespace {

void append(std::vector<Page> more, std::vector<Page>& pages) {
    std::move(more.begin(), more.end(), std::back_inserter(pages));
}

std::vector<Page> all_pages(const Book& book) {
    std::vector<Page> out{index_page(book)};
    for (const auto& [base, cases] : book.scenarios) out.push_back(scenario_page(book, base));
    append(clause_pages(book), out);
    append(defect_pages(book), out);
    append(profile_pages(book), out);
    append(client_pages(book), out);
    return out;
}

}  // namespace

Result<std::map<std::string, std::string>> make_site(const Book& book) {
    const std::vector<Page> pages = all_pages(book);
    std::map<std::string, std::string> out;
    for (const Page& page : pages)
        if (!out.emplace(page.place, framed(page)).second)
            return Problem{{}, "one page for each place", fmt::format("two for {}", page.place)};
    out.emplace("docs.css", docs_style());
    out.emplace("docs.js", docs_script());
    out.emplace("pages.js", search_data(pages));
    return out;
}

}  // namespace guise::docs
