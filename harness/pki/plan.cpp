// Faults come from two sides. A defect declares what it causes, with how bound a client is to mind it; and
// four faults can be seen by looking: two in the dates, one in the names, one in the trust. What is seen and
// not declared is as grave as can be, because nobody said otherwise. What is declared and not seen is a
// defect that does not do what it says, and the caller is told.
#include "pki/plan.hpp"

#include "pki/defects.hpp"
#include "pki/edits.hpp"
#include "pki/handshake.hpp"
#include "pki/placeholders.hpp"
#include "pki/recipe.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::pki {

namespace {

using Seconds = std::chrono::seconds;

// A host that no recipe can name but by its placeholders.
const std::string host_for_looking = "{1}.{2}.{3}.{4}";

Fillings fillings_for_looking() {
    Fillings fillings = host_fillings(host_for_looking);
    fillings.merge(Fillings(sample_fillings()));
    return fillings;
}

Problem no_such(const SourcePos& where, std::string expected, const std::string& name) {
    return {where, std::move(expected), fmt::format("'{}'", name)};
}

// All that is above a certificate, from its issuer to the root.
Result<std::vector<PlannedCertificate>> path_above(const Library& library, const yaml::Value& tree,
                                                   const SourcePos& where) {
    const yaml::Value* issuer = tree.find("issuer");
    if (!issuer || (issuer->text != "self" && !library.recipes.contains(issuer->text)))
        return Problem{issuer ? issuer->where : where, "an issuer, which is a recipe or self",
                       issuer ? issuer->describe() : "none"};
    std::vector<PlannedCertificate> out;
    if (issuer->text == "self") return out;
    for (const std::string& name : library.path(issuer->text))
        out.push_back({name, Position::intermediate, library.recipes.at(name), {}});
    out.back().position = Position::root;
    return out;
}

Result<std::vector<PlannedCertificate>> plan_path(const Library& library, const Present& present) {
    const auto leaf = library.recipes.find(present.leaf);
    if (leaf == library.recipes.end()) return no_such(present.where, "a recipe", present.leaf);
    if (present.with && present.with->kind != yaml::Kind::map)
        return Problem{present.with->where, "a map, the patch of a recipe", present.with->describe()};
    yaml::Value tree = present.with ? patched(leaf->second, *present.with) : leaf->second;
    auto path = path_above(library, tree, present.where);
    if (path)
        path->insert(path->begin(), PlannedCertificate{present.leaf, Position::leaf, std::move(tree), {}});
    return path;
}

// The certificate that a defect at `position` changes: of several intermediates, the leaf's issuer.
PlannedCertificate* at_position(Plan& plan, Position position) {
    const auto at = std::ranges::find(plan.path, position, &PlannedCertificate::position);
    return at == plan.path.end() ? nullptr : &*at;
}

Result<Position> position_of(const Defect& defect, const DefectUse& use, const Present& present, Plan& plan) {
    const Position at = use.at.value_or(defect.first);
    if (!defect.level.contains(at)) {
        std::string can;
        for (const auto& [position, level] : defect.level)
            can += fmt::format("{}{}", can.empty() ? "" : ", ", word(position));
        return no_such(use.where, fmt::format("a position of the defect {}: {}", defect.name, can),
                       std::string(word(at)));
    }
    if (at != Position::handshake && !at_position(plan, at))
        return no_such(use.where, fmt::format("a position in the chain of {}", present.leaf),
                       std::string(word(at)));
    return at;
}

Result<Fillings> parameters_of(const Defect& defect, const DefectUse& use) {
    Fillings fillings(defect.parameters.begin(), defect.parameters.end());
    for (const auto& [name, text] : use.parameters) {
        if (!defect.parameters.contains(name))
            return no_such(use.where, fmt::format("a parameter of the defect {}", defect.name), name);
        fillings[name] = text;
    }
    return fillings;
}

void declare(const Defect& defect, Position at, Plan& plan) {
    constexpr Fault visible[] = {Fault::unknown_issuer, Fault::expired, Fault::not_yet_valid,
                                 Fault::wrong_name};
    const Level level = defect.level.at(at);
    for (const Fault fault : defect.faults) {
        const auto [known, added] = plan.declared.emplace(fault, level);
        if (!added) known->second = std::max(known->second, level);
        if (at != Position::root && std::ranges::count(visible, fault) != 0) plan.to_confirm.insert(fault);
    }
    if (defect.stage != Stage::chain) plan.stage = defect.stage;
}

Result<void> change_handshake(const Defect& defect, const DefectUse& use, const Fillings& parameters,
                              Plan& plan) {
    if (!defect.handshake) return {};
    Problems problems;
    const HandshakeChange change = parse_handshake(filled(*defect.handshake, parameters), problems);
    // What is wrong is a parameter, and the scenario gave it.
    for (Problem& problem : problems.list) problem.where = use.where;
    if (!problems.empty()) return problems;
    if (change.signature != tls::SignatureFault::none) plan.signature = change.signature;
    if (change.twist.kind != tls::TwistKind::none) plan.twist = change.twist;
    return {};
}

bool changes_issuer(const Defect& defect) { return defect.change && defect.change->find("issuer"); }

Result<void> apply_defect(const Library& library, const DefectUse& use, const Present& present, Plan& plan) {
    const auto found = library.defects.find(use.name);
    if (found == library.defects.end()) return Problems(no_such(use.where, "a defect", use.name));
    const Defect& defect = found->second;
    const auto at = position_of(defect, use, present, plan);
    if (!at) return at.error();
    const auto parameters = parameters_of(defect, use);
    if (!parameters) return parameters.error();
    PlannedCertificate* certificate = at_position(plan, *at);
    if (defect.change)
        certificate->tree = patched(std::move(certificate->tree), filled(*defect.change, *parameters));
    if (changes_issuer(defect)) {
        auto above = path_above(library, certificate->tree, use.where);
        if (!above) return above.error();
        plan.path.resize(static_cast<std::size_t>(certificate - plan.path.data()) + 1);
        std::ranges::move(*above, std::back_inserter(plan.path));
        certificate = at_position(plan, *at);
    }
    if (defect.bytes) certificate->edits.push_back(filled(*defect.bytes, *parameters));
    if (defect.chain) plan.omits_intermediate = true;
    if (auto changed = change_handshake(defect, use, *parameters, plan); !changed) return changed.error();
    declare(defect, *at, plan);
    return {};
}

// Another issuer brings its own path along, on which the other defects may sit.
std::vector<DefectUse> those_with_another_issuer_first(const Library& library, std::vector<DefectUse> uses) {
    std::ranges::stable_partition(uses, [&](const DefectUse& use) {
        const auto found = library.defects.find(use.name);
        return found != library.defects.end() && changes_issuer(found->second);
    });
    return uses;
}

// Patches bring in what the library has not seen: everything is read once more.
Problems check_certificates(const Plan& plan) {
    Problems problems;
    std::optional<Algorithm> above;
    for (auto at = plan.path.rbegin(); at != plan.path.rend(); ++at) {
        check_placeholders(at->tree, run_placeholders(), problems);
        const auto recipe = parse_recipe(filled(at->tree, fillings_for_looking()));
        for (const yaml::Value& edits : at->edits)
            (void)parse_edits(filled(edits, fillings_for_looking()), problems);
        if (!recipe) {
            problems.add(recipe.error());
            return problems;
        }
        const Algorithm signer = above.value_or(recipe->algorithm);
        if (recipe->signature && !fits(recipe->signature->value, signer))
            problems.add(recipe->signature->where,
                         fmt::format("a signature that a {} key can make", word(signer)),
                         fmt::format("'{}'", word(recipe->signature->value)));
        above = recipe->algorithm;
    }
    return problems;
}

Recipe looked_at(const PlannedCertificate& certificate) {
    return parse_recipe(filled(certificate.tree, fillings_for_looking())).value();
}

std::set<Fault> faults_of_dates(const Plan& plan, const Recipe& leaf, Seconds age) {
    std::set<Fault> out;
    for (const PlannedCertificate& certificate : plan.path) {
        if (certificate.position == Position::root) continue;  // its dates are no part of path validation
        const Recipe recipe = &certificate == &plan.path.front() ? leaf : looked_at(certificate);
        if (recipe.to < age) out.insert(Fault::expired);
        if (recipe.from > age) out.insert(Fault::not_yet_valid);
    }
    return out;
}

bool names_the_host(const Recipe& leaf) {
    return std::ranges::any_of(leaf.names, [](const GeneralName& name) {
        return name.kind == NameKind::dns && covers(name.text, host_for_looking);
    });
}

bool is_anchored(const Plan& plan, const std::vector<std::string>& trusted) {
    const auto trusts = [&](const PlannedCertificate& one) {
        return std::ranges::count(trusted, one.recipe) != 0;
    };
    return !plan.omits_intermediate && (trusts(plan.path.back()) || trusts(plan.path.front()));
}

}  // namespace

Result<Plan> make_plan(const Library& library, const Present& present) {
    auto path = plan_path(library, present);
    if (!path) return path.error();
    Plan plan;
    plan.path = std::move(*path);
    for (const DefectUse& use : those_with_another_issuer_first(library, present.defects))
        if (auto applied = apply_defect(library, use, present, plan); !applied) return applied.error();
    if (Problems problems = check_certificates(plan); !problems.empty()) return problems;
    return plan;
}

void find_faults(const Plan& plan, const std::vector<std::string>& trusted, Seconds age, Chain& chain) {
    const Recipe leaf = looked_at(plan.path.front());
    std::set<Fault> seen = faults_of_dates(plan, leaf, age);
    if (!names_the_host(leaf)) seen.insert(Fault::wrong_name);
    if (!is_anchored(plan, trusted)) seen.insert(Fault::unknown_issuer);
    chain.stage = plan.stage;
    chain.faults = plan.declared;
    for (const Fault fault : seen) chain.faults.emplace(fault, Level::must);
    chain.computed_missing.reset();
    for (const Fault fault : plan.to_confirm)
        if (!seen.contains(fault)) chain.computed_missing = fault;
}

}  // namespace guise::pki
