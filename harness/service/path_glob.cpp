// Walks the glob once and keeps the set of places in the path that it can have reached: no pattern and no
// path make it slow.
#include "service/path_glob.hpp"

#include <vector>

namespace guise::service {

namespace {

using Reached = std::vector<bool>;  // one place more than the path has characters

Reached any_text(Reached reached, std::string_view path, bool slashes) {
    for (std::size_t i = 0; i < path.size(); ++i)
        if (reached[i] && (slashes || path[i] != '/')) reached[i + 1] = true;
    return reached;
}

Reached one_character(const Reached& reached, std::string_view path, char wanted) {
    Reached next(reached.size());
    for (std::size_t i = 0; i < path.size(); ++i) next[i + 1] = reached[i] && path[i] == wanted;
    return next;
}

}  // namespace

bool path_matches(std::string_view glob, std::string_view path) {
    Reached reached(path.size() + 1);
    reached[0] = true;
    while (!glob.empty()) {
        const bool literal = glob.starts_with("[*]");
        const bool deep = glob.starts_with("**");
        if (literal)
            reached = one_character(reached, path, '*');
        else if (glob.front() == '*')
            reached = any_text(std::move(reached), path, deep);
        else
            reached = one_character(reached, path, glob.front());
        glob.remove_prefix(literal ? 3 : deep ? 2 : 1);
    }
    return reached.back();
}

}  // namespace guise::service
