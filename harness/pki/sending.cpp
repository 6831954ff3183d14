#include "pki/sending.hpp"

#include "base/fields.hpp"

#include <algorithm>

namespace guise::pki {

namespace {

SendItem parse_item(const yaml::Value& item, Problems& problems) {
    const std::string expected = one_of<Part>() + ", {recipe: NAME}, or {leaf: NAME, key: LABEL}";
    SendItem out{std::nullopt, {}, {}, item.where};
    if (item.kind == yaml::Kind::scalar) {
        out.part = from_word<Part>(item.text);
        if (!out.part) problems.add(item.where, expected, item.describe());
    } else if (const yaml::Value* recipe = item.find("recipe"); recipe && item.entries.size() == 1) {
        out.recipe = yaml::scalar_text(*recipe, problems);
        out.where = recipe->where;
    } else if (const yaml::Value* leaf = item.find("leaf"), *key = item.find("key");
               leaf && key && item.entries.size() == 2) {
        out.recipe = yaml::scalar_text(*leaf, problems);
        out.key = yaml::scalar_text(*key, problems);
        out.where = leaf->where;
    } else {
        problems.add(item.where, expected, item.describe());
    }
    return out;
}

}  // namespace

std::vector<SendItem> parse_sending(const yaml::Value& list, Problems& problems) {
    std::vector<SendItem> out;
    if (list.kind != yaml::Kind::sequence || list.items.empty())
        problems.add(list.where, "a list of at least one part of the chain", list.describe());
    for (const yaml::Value& item : list.items) out.push_back(parse_item(item, problems));
    return out;
}

std::vector<std::size_t> places_of(Part part, std::size_t size) {
    std::vector<std::size_t> between;
    for (std::size_t at = 1; at + 1 < size; ++at) between.push_back(at);
    switch (part) {
        case Part::leaf:
            return {0};
        case Part::issuer:
            if (between.size() > 1) between.resize(1);
            return between;
        case Part::intermediates_reversed:
            std::ranges::reverse(between);
            return between;
        case Part::intermediates:
            return between;
        case Part::root:
            break;
    }
    return size > 1 ? std::vector<std::size_t>{size - 1} : std::vector<std::size_t>{};
}

}  // namespace guise::pki
