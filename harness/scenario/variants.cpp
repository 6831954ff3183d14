#include "scenario/variants.hpp"

#include "base/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace guise::scenario {

namespace {

using Axes = std::map<std::string, std::vector<std::string>>;

Axes read_axes(const yaml::Value& variants, Problems& problems) {
    Axes axes;
    yaml::Fields fields(variants, problems);
    for (const auto& [name, values] : variants.entries) {
        std::vector<std::string> texts = fields.texts(name.text);
        if (texts.empty()) {
            problems.add(values.where, "a list of values", "an empty one");
            texts.emplace_back();  // so that its uses are still seen
        }
        if (std::set(texts.begin(), texts.end()).size() != texts.size())
            problems.add(values.where, "each value once", "one twice");
        axes[name.text] = std::move(texts);
    }
    return axes;
}

// No scenario has more. Each axis multiplies them.
constexpr std::size_t most_variants = 1000;

bool are_too_many(const Axes& axes) {
    std::size_t count = 1;
    for (const auto& [name, values] : axes)
        if ((count *= values.size()) > most_variants) return true;
    return false;
}

std::vector<std::map<std::string, std::string>> combinations(const Axes& axes) {
    std::vector<std::map<std::string, std::string>> out{{}};
    for (const auto& [name, values] : axes) {
        std::vector<std::map<std::string, std::string>> longer;
        for (const auto& combination : out)
            for (const std::string& value : values) {
                longer.push_back(combination);
                longer.back()[name] = value;
            }
        out = std::move(longer);
    }
    return out;
}

// `$axis` as a whole scalar stands for the axis's value.
yaml::Value filled(const yaml::Value& file, const std::map<std::string, std::string>& axes,
                   std::set<std::string>& used, Problems& problems) {
    return yaml::mapped(file, [&](const yaml::Value& scalar) {
        if (!scalar.text.starts_with('$')) return scalar;
        yaml::Value out = scalar;
        const std::string name = scalar.text.substr(1);
        used.insert(name);
        if (const auto axis = axes.find(name); axis != axes.end())
            out.text = axis->second;
        else
            problems.add(scalar.where, "an axis of `variants`", fmt::format("'{}'", scalar.text));
        return out;
    });
}

}  // namespace

std::vector<Variant> expand_variants(const yaml::Value& file, Problems& problems) {
    yaml::Value bare = file;
    const yaml::Value* variants = file.find("variants");
    std::erase_if(bare.entries, [](const auto& entry) { return entry.key.text == "variants"; });
    const Axes axes = variants ? read_axes(*variants, problems) : Axes{};
    std::vector<Variant> out;
    if (are_too_many(axes)) {
        problems.add(variants->where, fmt::format("at most {} variants", most_variants), "more");
        return out;
    }
    std::set<std::string> used;
    for (const auto& combination : combinations(axes)) {
        Problems own;
        out.push_back({combination, filled(bare, combination, used, own)});
        if (out.size() == 1) problems.add(std::move(own));
    }
    for (const auto& [name, values] : axes)
        if (!used.contains(name))
            problems.add(variants->where, fmt::format("a use of ${}", name), "none in the file");
    return out;
}

std::string variant_id(const std::string& id, const std::map<std::string, std::string>& axes) {
    std::string out;
    for (const auto& [name, value] : axes) out += fmt::format("{}{}={}", out.empty() ? "" : ",", name, value);
    return out.empty() ? id : fmt::format("{}[{}]", id, out);
}

}  // namespace guise::scenario
