#include "pki/library.hpp"

#include "pki/defects.hpp"
#include "pki/placeholders.hpp"
#include "pki/recipe.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::pki {

namespace {

using Trees = std::map<std::string, yaml::Value>;

// The YAML files of a folder by name without suffix.
Trees load_folder(const std::filesystem::path& dir, Problems& problems) {
    Trees out;
    std::error_code error;
    for (std::filesystem::directory_iterator at(dir, error), end; !error && at != end; at.increment(error)) {
        if (at->path().extension() != ".yaml") continue;
        auto tree = yaml::load(at->path());
        if (tree)
            out.emplace(at->path().stem().string(), std::move(*tree));
        else
            problems.add(tree.error());
    }
    if (error) problems.add(cannot("read the folder " + dir.string(), error.message()));
    return out;
}

void add_once(Problems& problems, const Problems& more) {
    for (const Problem& one : more.list) {
        const auto same = [&](const Problem& other) { return other.text() == one.text(); };
        if (std::ranges::none_of(problems.list, same)) problems.list.push_back(one);
    }
}

// The scalar of a key, as the name of another recipe.
std::optional<std::string> link(const Trees& trees, const std::string& name, std::string_view key) {
    const auto at = trees.find(name);
    const yaml::Value* value = at == trees.end() ? nullptr : at->second.find(key);
    if (!value || value->kind != yaml::Kind::scalar || value->text == "self") return std::nullopt;
    return value->text;
}

// From `name` along the links of one key, to the last name, known or not, or to the first that comes again.
std::vector<std::string> follow(const Trees& trees, const std::string& name, std::string_view key) {
    std::vector<std::string> out{name};
    while (const auto next = link(trees, out.back(), key)) {
        const bool again = std::ranges::count(out, *next) != 0;
        out.push_back(*next);
        if (again) break;
    }
    return out;
}

// Reports a key that names no recipe, and a circle, the latter once and not for each of its members.
void check_link(const Trees& trees, const std::string& name, std::string_view key, Problems& problems) {
    const yaml::Value* value = trees.at(name).find(key);
    if (!value || (key == "issuer" && value->text == "self")) return;
    if (value->kind != yaml::Kind::scalar || !trees.contains(value->text))
        problems.add(value->where, key == "issuer" ? "a recipe, or self" : "a recipe", value->describe());
    const std::vector<std::string> path = follow(trees, name, key);
    if (path.size() > 1 && path.back() == name && name == *std::ranges::min_element(path))
        problems.add(value->where, fmt::format("'{}' to come to an end", key),
                     fmt::format("the circle {}", fmt::join(path, ", ")));
}

// A recipe with those it is like below it, without the keys that only say what is in the file; nothing where
// one of them is missing or comes again.
std::optional<yaml::Value> resolved(const Trees& files, const std::string& name) {
    std::vector<std::string> path = follow(files, name, "like");
    std::optional<yaml::Value> out;
    for (; !path.empty(); path.pop_back()) {
        const auto file = files.find(path.back());
        if (file == files.end() || std::ranges::count(path, path.back()) > 1) return std::nullopt;
        yaml::Value own = file->second;
        std::erase_if(own.entries, [](const auto& entry) {
            return entry.key.text == "recipe" || entry.key.text == "like";
        });
        out = out ? patched(std::move(*out), own) : std::move(own);
    }
    return out;
}

void check_recipe_name(const yaml::Value& file, const std::string& file_name, Problems& problems) {
    const yaml::Value* name = file.find("recipe");
    if (!name)
        problems.add(file.where, "the key 'recipe'", "a map without it");
    else if (name->text != file_name)
        problems.add(name->where, fmt::format("the name of the file, '{}'", file_name), name->describe());
}

void check_issuer_signs(const std::map<std::string, Recipe>& recipes, const Recipe& recipe,
                        const std::string& name, Problems& problems) {
    const auto issuer = recipes.find(recipe.signs_itself() ? name : recipe.issuer.value);
    if (issuer != recipes.end()) check_signature(recipe, issuer->second.algorithm, problems);
}

void check_shared_key(const std::map<std::string, Recipe>& recipes, const Recipe& recipe,
                      Problems& problems) {
    const auto owner = recipe.key_of ? recipes.find(recipe.key_of->value) : recipes.end();
    if (owner == recipes.end() || owner->second.algorithm == recipe.algorithm) return;
    problems.add(recipe.key_of->where, fmt::format("the recipe of a {} key", word(recipe.algorithm)),
                 fmt::format("one of a {} key", word(owner->second.algorithm)));
}

// Every tree is read as a recipe once, so that whoever uses the library meets no bad one.
std::map<std::string, Recipe> parse_recipes(const Trees& trees, Problems& problems) {
    std::map<std::string, Recipe> recipes;
    for (const auto& [name, tree] : trees) {
        Problems found;
        check_placeholders(tree, run_placeholders(), found);
        if (auto recipe = parse_recipe(filled(tree, sample_fillings())))
            recipes.emplace(name, std::move(*recipe));
        else
            found.add(recipe.error());
        add_once(problems, found);  // heirs have the problems of what they are like
    }
    return recipes;
}

Trees load_recipes(const std::filesystem::path& dir, Problems& problems) {
    const Trees files = load_folder(dir, problems);
    Trees trees;
    for (const auto& [name, file] : files) {
        check_recipe_name(file, name, problems);
        check_link(files, name, "like", problems);
        if (auto tree = resolved(files, name)) trees.emplace(name, std::move(*tree));
    }
    const std::map<std::string, Recipe> recipes = parse_recipes(trees, problems);
    for (const auto& [name, recipe] : recipes) {
        Problems found;
        check_link(trees, name, "issuer", found);
        check_link(trees, name, "key-of", found);
        check_shared_key(recipes, recipe, found);
        check_issuer_signs(recipes, recipe, name, found);
        check_signers(recipe, trees, found);
        add_once(problems, found);
    }
    return trees;
}

void check_issuer(const Defect& defect, const Trees& recipes, Problems& problems) {
    const yaml::Value* issuer = defect.change ? defect.change->find("issuer") : nullptr;
    if (!issuer) return;
    if (issuer->kind != yaml::Kind::scalar || (issuer->text != "self" && !recipes.contains(issuer->text)))
        problems.add(issuer->where, "a recipe, or self", issuer->describe());
}

void check_sent(const Defect& defect, const Trees& recipes, Problems& problems) {
    for (const SendItem& item : defect.send)
        if (!item.part && !recipes.contains(item.recipe))
            problems.add(item.where, "a recipe", fmt::format("'{}'", item.recipe));
}

std::map<std::string, Defect> load_defects(const std::filesystem::path& dir, Problems& problems) {
    std::map<std::string, Defect> out;
    std::error_code ignored;
    if (!std::filesystem::exists(dir, ignored)) return out;
    for (const auto& [name, file] : load_folder(dir, problems))
        out.emplace(name, read_defect(file, name, problems));
    return out;
}

}  // namespace

std::vector<std::string> Library::path(const std::string& recipe) const {
    std::vector<std::string> out{recipe};
    while (recipes.at(out.back()).find("issuer")->text != "self")
        out.push_back(recipes.at(out.back()).find("issuer")->text);
    return out;
}

std::string Library::key_owner(const std::string& recipe) const {
    return follow(recipes, recipe, "key-of").back();
}

Result<Library> load_library(const std::filesystem::path& dir) {
    Problems problems;
    Library library;
    library.recipes = load_recipes(dir, problems);
    library.defects = load_defects(dir / "defects", problems);
    for (const auto& [name, defect] : library.defects) {
        check_issuer(defect, library.recipes, problems);
        check_sent(defect, library.recipes, problems);
    }
    if (!problems.empty()) return problems;
    return library;
}

}  // namespace guise::pki
