// What a scenario presents, visit after visit, with a picture of each chain.
#pragma once

#include "docs/book.hpp"
#include "docs/html.hpp"

namespace guise::docs {

/// The visits of all cases of a file. Cases that show the same are described once, under their axes.
[[nodiscard]] Html visits_html(const Book& book, const std::vector<BookCase>& cases);

/// What is the same for several cases, with those cases: in the order of the first of each.
struct Group {
    std::vector<const BookCase*> cases;
    Html body;
};
template <class Body>
[[nodiscard]] std::vector<Group> grouped(const std::vector<BookCase>& cases, const Body& body_of) {
    std::vector<Group> out;
    for (const BookCase& one : cases) {
        const Html body = body_of(one);
        Group* known = nullptr;
        for (Group& group : out)
            if (group.body == body) known = &group;
        if (!known) known = &out.emplace_back(Group{{}, body});
        known->cases.push_back(&one);
    }
    return out;
}

/// The bodies of the groups, each below the axes of its cases; a single one alone.
[[nodiscard]] Html groups_html(const std::vector<Group>& groups);

}  // namespace guise::docs
