// What a client has said to others than the servers of its visit, and whether its secret was in it.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace guise::evidence {

/// Something that was said beside the visit, with the secret in it.
struct Aside {
    std::string to;   // for the end of a sentence: `in a request to its proxy`
    std::string how;  // the form in which the secret was there (`secrets::form_of_secret`)
    bool operator==(const Aside&) const = default;
};

/// Where something was said (`Aside::to`), and what.
using Said = std::pair<std::string, std::string>;

/// Those of `said` that hold the secret, the first of each place.
[[nodiscard]] std::vector<Aside> asides_with(const std::string& secret, const std::vector<Said>& said);

}  // namespace guise::evidence
