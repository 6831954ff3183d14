// The text is read as each encoding that it may be (views), and each reading is searched for each text that
// the secret may have become (spellings). What is left are forms that neither shows: other characters in
// between, a part of the secret, and what changes each character by the same step (differences).
#include "secrets/find.hpp"

#include "base/ascii.hpp"
#include "base/bytes.hpp"
#include "secrets/differences.hpp"
#include "secrets/spellings.hpp"
#include "secrets/views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

namespace guise::secrets {

namespace {

constexpr std::size_t shortest = 6;      // what is shorter could stand in any base64 by chance
constexpr std::size_t long_enough = 16;  // for forms in which less could stand by chance
constexpr std::size_t part = 12;         // characters of a random secret: 48 bits if they are hexadecimal
constexpr std::size_t most_names = 8;    // that are tried as users and realms
constexpr std::size_t longest_name = 40;

bool holds(std::string_view text, std::string_view wanted) {
    return !wanted.empty() && text.find(wanted) != std::string_view::npos;
}

// What a login may be hashed with: what stands in quotes.
std::vector<std::string> quoted(std::string_view text) {
    std::set<std::string> out;
    for (auto open = text.find('"'); open != std::string_view::npos && out.size() < most_names;) {
        const auto close = text.find('"', open + 1);
        if (close == std::string_view::npos) break;
        if (close > open + 1 && close - open <= longest_name)
            out.emplace(text.substr(open + 1, close - open - 1));
        open = text.find('"', close + 1);
    }
    return {out.begin(), out.end()};
}

// The longest run of letters and digits: what stands before a `-` may be no secret.
std::string_view random_part(std::string_view secret) {
    std::string_view best;
    for (std::size_t i = 0; i < secret.size();) {
        std::size_t end = i;
        while (end < secret.size() && is_alnum(secret[end])) ++end;
        if (end - i > best.size()) best = secret.substr(i, end - i);
        i = end + 1;
    }
    return best;
}

bool holds_part(std::string_view text, std::string_view random) {
    for (std::size_t i = 0; i + part <= random.size(); ++i)
        if (holds(text, random.substr(i, part))) return true;
    return false;
}

std::string spelled(std::string_view text, std::string_view lowered, const std::vector<Spelling>& all) {
    const auto found = std::ranges::find_if(
        all, [&](const Spelling& each) { return holds(each.any_case ? lowered : text, each.text); });
    return found == all.end() ? std::string() : found->how;
}

bool holds_base64(std::string_view text, std::string_view secret) {
    return secret.size() >= shortest &&
           std::ranges::any_of(base64_cores(secret),
                               [&](const std::string& core) { return holds(text, core); });
}

// The whole secret, in one spelling.
std::string whole_in(std::string_view text, std::string_view secret, const std::vector<Spelling>& spellings) {
    if (holds(text, secret)) return "as it is";
    const std::string lowered = lower(text);
    if (holds(lowered, lower(secret))) return "in letters of another size";
    if (std::string how = spelled(text, lowered, spellings); !how.empty()) return how;
    return spelled(text, lowered, digests_of(secret, quoted(text)));
}

// What is left of it where it was cut, spread or changed.
std::string rest_in(std::string_view text, std::string_view secret) {
    const std::string bare = letters_and_digits(text), random = lower(random_part(secret));
    if (holds(bare, letters_and_digits(secret))) return "with other characters between";
    if (holds(bare, to_hex(as_bytes(secret)))) return "in hexadecimal digits";
    if (holds(xor_differences(text), xor_differences(secret))) return "under an exclusive or";
    if (holds(alphabet_differences(text), alphabet_differences(secret)) ||
        holds(visible_differences(text), visible_differences(secret)))
        return "rotated";
    if (holds_part(bare, random) || holds_part(bare, std::string(random.rbegin(), random.rend())))
        return "in part";
    return {};
}

// The form in the first view that `look` finds one in, and how that view was read.
template <class Look>
std::string first_form(const std::vector<View>& views, Look look) {
    for (const View& view : views) {
        const std::string form = look(view.text);
        if (form.empty()) continue;
        if (view.how.empty()) return form;
        return form == "as it is" ? view.how : fmt::format("{}, {}", form, view.how);
    }
    return {};
}

}  // namespace

bool holds_login_secret(std::string_view text, std::string_view secret) {
    return holds(text, secret) || holds_base64(text, secret);
}

std::string form_of_secret(std::string_view text, std::string_view secret) {
    if (secret.empty() || text.empty()) return {};
    if (holds(text, secret)) return "as it is";
    if (holds_base64(text, secret)) return "in base64";
    if (secret.size() < long_enough) return {};
    const std::vector<Spelling> spellings = spellings_of(secret);
    const std::vector<View> views = views_of(text);
    std::string whole =
        first_form(views, [&](std::string_view view) { return whole_in(view, secret, spellings); });
    if (!whole.empty()) return whole;
    return first_form(views, [&](std::string_view view) { return rest_in(view, secret); });
}

}  // namespace guise::secrets
