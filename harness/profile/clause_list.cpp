#include "profile/clause_list.hpp"

#include "base/fields.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::profile {

namespace {

// What the files of clause lists say of a clause's standing.
enum class Status { agreed, proposed };
constexpr auto words(Status) { return std::to_array<std::string_view>({"agreed", "proposed"}); }

Clause read_clause(const yaml::Value& key, const yaml::Value& value, const std::string& clauses,
                   Problems& problems) {
    Clause clause;
    clause.id = key.text;
    clause.ledger = clauses;
    clause.where = key.where;
    yaml::Fields fields(value, problems);
    clause.level = fields.maybe_choice<Level>("level");
    clause.includes = fields.texts("includes");
    clause.source = fields.text("source");
    clause.text = fields.text("text");
    clause.out_of_scope = fields.maybe_text("out_of_scope").value_or("");
    fields.maybe_choice<Status>("status");
    fields.done();
    if (clause.level.has_value() == !clause.includes.empty())
        problems.add(value.where, "exactly one of the keys level, includes",
                     clause.level ? "both" : "neither");
    return clause;
}

void read_clause_list(const yaml::Value& file, ClauseList& clauses, Problems& problems) {
    yaml::Fields fields(file, problems);
    const std::string name = fields.text("ledger");
    fields.text("source");
    const yaml::Value* entries = fields.required("clauses");
    if (entries && entries->kind != yaml::Kind::map)
        problems.add(entries->where, "a map of clauses", entries->describe());
    if (entries)
        for (const auto& [key, value] : entries->entries) {
            Clause clause = read_clause(key, value, name, problems);
            const auto [at, fresh] = clauses.emplace(key.text, std::move(clause));
            if (!fresh)
                problems.add(key.where, "each clause once",
                             fmt::format("{}, first at {}", key.text, at->second.where.text()));
        }
    fields.done();
}

}  // namespace

Result<ClauseList> load_clause_lists(const std::filesystem::path& dir) {
    Problems problems;
    ClauseList clauses;
    for (const auto& path : yaml::files_in(dir, problems)) {
        const auto file = yaml::load(path);
        if (file)
            read_clause_list(*file, clauses, problems);
        else
            problems.add(file.error());
    }
    for (const auto& [id, clause] : clauses)
        for (const std::string& included : clause.includes)
            if (!clauses.contains(included))
                problems.add(clause.where, "a clause of a clause list", included);
    if (!problems.empty()) return problems;
    return clauses;
}

}  // namespace guise::profile
