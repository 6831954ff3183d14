#include "profile/profile.hpp"

#include "base/fields.hpp"
#include "base/nearest.hpp"
#include "profile/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

namespace guise::profile {

Level Profile::level(const std::string& clause, const ClauseList& all) const {
    if (const auto own = levels.find(clause); own != levels.end()) return own->second;
    const auto known = all.find(clause);
    return known == all.end() ? Level::may : known->second.level.value_or(Level::may);
}

Level Profile::level(const Clauses& clauses, const ClauseList& all) const {
    Level top = Level::may;
    for (const std::string& clause : clauses) top = std::max(top, level(clause, all));
    return top;
}

namespace {

using yaml::Fields;
using yaml::Value;

PinRules read_pin(const Value& value, Problems& problems) {
    PinRules pin;
    Fields fields(value, problems);
    pin.what = fields.choice<PinWhat>("what");
    if (pin.what != PinWhat::nothing) {
        pin.per = fields.choice<PinPer>("per");
        pin.on_accept = fields.choice<PinAccept>("on_accept");
        pin.on_mode_change = fields.choice<PinModeChange>("on_mode_change");
    }
    fields.done();
    return pin;
}

std::map<Decision, PromptRules> read_prompts(const Value& value, Problems& problems) {
    std::map<Decision, PromptRules> out;
    Fields fields(value, problems);
    for (Decision kind : {Decision::ask, Decision::warn}) {
        const Value* rules = fields.maybe(word(kind));
        if (!rules) continue;
        Fields below(*rules, problems);
        out[kind] = {below.choices<Shows>("shows"), below.maybe_choice<Needs>("needs")};
        below.done();
    }
    fields.done();
    return out;
}

// The keys besides the table. In an overlay what is absent stays as it is.
void read_head(Fields& fields, Profile& out, bool overlay, Problems& problems) {
    const auto need = [&](std::string_view key) {
        return overlay ? fields.maybe(key) : fields.required(key);
    };
    if (need("title")) out.title = fields.text("title");
    if (need("ledger")) out.ledger = fields.text("ledger");
    if (need("owes")) out.owes = fields.texts("owes");
    if (const Value* pin = need("pin")) out.pin = read_pin(*pin, problems);
    if (need("untrusted_faults")) out.untrusted_faults = fields.choices<Fault>("untrusted_faults");
    if (fields.maybe("default_mode")) out.default_mode = fields.text("default_mode");
    if (fields.maybe("event")) out.event = fields.text("event");
    if (fields.maybe("public_requests")) out.public_requests = fields.texts("public_requests");
    if (const Value* prompts = fields.maybe("prompts")) out.prompts = read_prompts(*prompts, problems);
}

void read_levels(Fields& fields, Profile& out, const ClauseList& clauses, Problems& problems) {
    const Value* levels = fields.maybe("levels");
    if (!levels) return;
    out.levels.clear();
    Fields below(*levels, problems);
    for (const auto& [clause, value] : levels->entries) {
        if (!clauses.contains(clause.text))
            problems.add(clause.where, "a clause of a clause list", clause.describe());
        out.levels[clause.text] = below.choice<Level>(clause.text);
    }
}

// The checks that stand in every mode, then the modes themselves with their own laid over.
void read_modes(Fields& fields, Profile& out, bool overlay, TableReader& table, Problems& problems) {
    const auto need = [&](std::string_view key) {
        return overlay ? fields.maybe(key) : fields.required(key);
    };
    const Value* checks = need("checks");
    const Value* modes = need("modes");
    if (checks)
        for (auto& [check, clauses] : table.checks(*checks)) out.checks[check] = clauses;
    if (modes && modes->kind != yaml::Kind::map)
        problems.add(modes->where, "a map of modes", modes->describe());
    if (modes)
        for (const auto& [name, below] : modes->entries)
            out.modes[name.text] = table.mode(below, std::move(out.modes[name.text]));
    for (auto& [name, mode] : out.modes) {
        mode.checks = mode.own;
        mode.checks.insert(out.checks.begin(), out.checks.end());
    }
}

}  // namespace

Result<Profile> make_profile(const Value& value, const std::string& name, const Profiles& known,
                             const ClauseList& clauses) {
    Problems problems;
    Profile out;
    Fields fields(value, problems);
    const auto base = fields.maybe_text("extends");
    if (base) {
        const auto found = known.find(*base);
        if (found == known.end()) {
            problems.add(value.find("extends")->where, "the name of a profile",
                         fmt::format("'{}'{}", *base, did_you_mean(*base, known | std::views::keys)));
            return problems;
        }
        out = found->second;
    }
    out.name = fields.maybe_text("profile").value_or(name);
    read_head(fields, out, base.has_value(), problems);
    read_levels(fields, out, clauses, problems);
    TableReader table(out, clauses, problems);
    read_modes(fields, out, base.has_value(), table, problems);
    fields.done();
    if (base && problems.empty()) table.check_inherited(value);
    if (!out.default_mode.empty() && !out.modes.contains(out.default_mode))
        problems.add(value.where, "a default_mode that is one of the modes",
                     fmt::format("'{}'", out.default_mode));
    if (!problems.empty()) return problems;
    return out;
}

Result<Profiles> load_profiles(const std::filesystem::path& dir, const ClauseList& clauses) {
    Problems problems;
    std::vector<Value> files;
    for (const auto& path : yaml::files_in(dir, problems)) {
        auto file = yaml::load(path);
        if (file)
            files.push_back(std::move(*file));
        else
            problems.add(file.error());
    }
    Profiles out;
    const auto ready = [&out](const Value& file) {
        const Value* base = file.find("extends");
        return !base || out.contains(base->text);
    };
    while (!files.empty()) {
        auto next = std::find_if(files.begin(), files.end(), ready);
        if (next == files.end()) next = files.begin();  // its base is missing, which is what it will say
        const Value file = std::move(*next);
        files.erase(next);
        const std::string name = std::filesystem::path(file.where.file.text()).stem().string();
        auto profile = make_profile(file, name, out, clauses);
        if (!profile)
            problems.add(profile.error());
        else if (profile->name != name)
            problems.add(file.where, fmt::format("the file's name as profile, '{}'", name), profile->name);
        else
            out[name] = std::move(*profile);
    }
    if (!problems.empty()) return problems;
    return out;
}

}  // namespace guise::profile
