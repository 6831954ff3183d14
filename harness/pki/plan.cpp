// Faults come from two sides. A defect declares what it causes, and how bound a client is to check that; and
// four faults can be seen by looking: two in the dates, one in the names, one in the trust. What is seen and
// not declared is as grave as can be, because no declaration says otherwise. What is declared and not seen is
// a defect that does not do what it says, and is reported to the caller.
#include "pki/plan.hpp"

#include "pki/defects.hpp"
#include "pki/edits.hpp"
#include "pki/handshake.hpp"
#include "pki/placeholders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

namespace guise::pki {

namespace {

using Seconds = std::chrono::seconds;

// A host that no recipe can name but by its placeholders.
const std::string host_for_looking = "{1}.{2}.{3}.{4}";

// An address is itself: recipes that spell one mean it.
std::string address_for_looking(HostKind host) { return host == HostKind::ipv6 ? "::1" : "127.0.0.1"; }

Fillings fillings_for_looking(HostKind host) {
    const std::string address = address_for_looking(host);
    Fillings fillings = host_fillings(host == HostKind::name ? host_for_looking : address);
    fillings["address"] = address;
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

// What is said of a certificate binds whom it was said to.
Level level_of(const Defect& defect, Position at, const Present& present) {
    return defect.channel && present.unasked ? Level::may : defect.level.at(at);
}

void declare(const Defect& defect, Position at, const Present& present, Plan& plan) {
    constexpr Fault visible[] = {Fault::unknown_issuer, Fault::expired, Fault::not_yet_valid,
                                 Fault::wrong_name};
    const Level level = level_of(defect, at, present);
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
    if (change.mutation.kind != tls::MutationKind::none) plan.mutation = change.mutation;
    return {};
}

bool changes_issuer(const Defect& defect) { return defect.change && defect.change->find("issuer"); }

// `send`: what is sent, where the defect says it.
Result<void> apply_defect(const Library& library, const DefectUse& use, const Present& present, Plan& plan,
                          std::vector<SendItem>& send) {
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
    if (!defect.send.empty()) send = defect.send;
    if (auto changed = change_handshake(defect, use, *parameters, plan); !changed) return changed.error();
    declare(defect, *at, present, plan);
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

bool see(PlannedCertificate& one, const Fillings& fillings, Problems& problems) {
    auto recipe = parse_recipe(filled(one.tree, fillings));
    if (recipe)
        one.seen = std::move(*recipe);
    else
        problems.add(recipe.error());
    return recipe.has_value();
}

// Patches bring in what the library has not seen: everything is read once more.
Problems see_certificates(const Library& library, Plan& plan) {
    const Fillings fillings = fillings_for_looking(plan.host);
    Problems problems;
    std::optional<Algorithm> above;
    for (PlannedCertificate& one : plan.path | std::views::reverse) {
        check_placeholders(one.tree, run_placeholders(), problems);
        for (const yaml::Value& edits : one.edits) (void)parse_edits(filled(edits, fillings), problems);
        if (!see(one, fillings, problems)) return problems;
        check_signature(one.seen, above.value_or(one.seen.algorithm), problems);
        check_signers(one.seen, library.recipes, problems);
        above = one.seen.algorithm;
    }
    for (PlannedExtra& extra : plan.extras) see(extra.certificate, fillings, problems);
    return problems;
}

std::set<Fault> faults_of_dates(const Plan& plan, Seconds age) {
    std::set<Fault> out;
    for (const PlannedCertificate& certificate : plan.path) {
        if (certificate.position == Position::root) continue;  // its dates are no part of path validation
        if (certificate.seen.to < age) out.insert(Fault::expired);
        if (certificate.seen.from > age) out.insert(Fault::not_yet_valid);
    }
    return out;
}

bool names_the_host(const Recipe& leaf, HostKind host) {
    return std::ranges::any_of(leaf.names, [&](const GeneralName& name) {
        if (host == HostKind::name) return name.kind == NameKind::dns && covers(name.text, host_for_looking);
        return name.kind == NameKind::ip && name.content == address_octets(address_for_looking(host));
    });
}

// Finds a way from what is shown first to an anchor, over what is sent. Who has issued a certificate is a
// name with a key, and several certificates may have both.
class Ways final {
 public:
    Ways(const Library& library, const Plan& plan, const std::vector<std::string>& trusted)
        : library_(library), plan_(plan), trusted_(trusted) {}

    bool lead_to_an_anchor(std::size_t place) {
        const PlannedCertificate& one = plan_.at(place);
        if (std::ranges::count(trusted_, one.recipe) != 0) return true;
        const std::string& issuer = one.tree.find("issuer")->text;
        if (issuer == "self" || !seen_.insert(place).second) return false;
        const std::string owner = library_.key_owner(issuer);
        const auto is_owner = [&](const std::string& recipe) { return library_.key_owner(recipe) == owner; };
        return std::ranges::any_of(trusted_, is_owner) ||
               std::ranges::any_of(plan_.sent, [&](std::size_t next) {
                   return is_owner(plan_.at(next).recipe) && lead_to_an_anchor(next);
               });
    }

 private:
    const Library& library_;
    const Plan& plan_;
    const std::vector<std::string>& trusted_;
    std::set<std::size_t> seen_;
};

// The entry of a recipe in `extras`, which is added where it is not there yet.
Result<std::size_t> extra(const Library& library, const SendItem& item, Plan& plan) {
    const auto found = library.recipes.find(item.recipe);
    if (found == library.recipes.end()) return no_such(item.where, "a recipe", item.recipe);
    for (std::size_t at = 0; at < plan.extras.size(); ++at)
        if (plan.extras[at].certificate.recipe == item.recipe && plan.extras[at].key == item.key) return at;
    const std::vector<std::string> path = library.path(item.recipe);
    const std::string& issuer = path.size() > 1 ? path[1] : path[0];
    const Position above = path.size() > 1 ? Position::intermediate : Position::root;
    const Position position = item.key.empty() ? above : Position::leaf;
    plan.extras.push_back({{item.recipe, position, found->second, {}},
                           {issuer, Position::root, library.recipes.at(issuer), {}},
                           item.key});
    return plan.extras.size() - 1;
}

Result<void> plan_sending(const Library& library, const std::vector<SendItem>& send, Plan& plan) {
    for (const SendItem& item : send) {
        if (item.part) {
            const auto places = places_of(*item.part, plan.path.size());
            plan.sent.insert(plan.sent.end(), places.begin(), places.end());
            continue;
        }
        const auto at = extra(library, item, plan);
        if (!at) return at.error();
        plan.sent.push_back(plan.path.size() + *at);
    }
    return {};
}

// What is sent when nothing is said: the leaf and its intermediates. The client has the root, or it has not.
std::vector<SendItem> usually_sent() { return {{Part::leaf, {}, {}, {}}, {Part::intermediates, {}, {}, {}}}; }

}  // namespace

Result<Plan> make_plan(const Library& library, const Present& present) {
    auto path = plan_path(library, present);
    if (!path) return path.error();
    Plan plan;
    plan.host = present.host;
    plan.path = std::move(*path);
    std::vector<SendItem> send = present.send.empty() ? usually_sent() : present.send;
    for (const DefectUse& use : those_with_another_issuer_first(library, present.defects))
        if (auto applied = apply_defect(library, use, present, plan, send); !applied) return applied.error();
    if (auto done = plan_sending(library, send, plan); !done) return done.error();
    if (Problems problems = see_certificates(library, plan); !problems.empty()) return problems;
    return plan;
}

void find_faults(const Library& library, const Plan& plan, const std::vector<std::string>& trusted,
                 Seconds age, Chain& chain) {
    std::set<Fault> seen = faults_of_dates(plan, age);
    if (!names_the_host(plan.at(plan.sent.front()).seen, plan.host)) seen.insert(Fault::wrong_name);
    if (!Ways(library, plan, trusted).lead_to_an_anchor(plan.sent.front()))
        seen.insert(Fault::unknown_issuer);
    chain.stage = plan.stage;
    chain.faults = plan.declared;
    for (const Fault fault : seen) chain.faults.emplace(fault, Level::must);
    chain.computed_missing.reset();
    for (const Fault fault : plan.to_confirm)
        if (!seen.contains(fault)) chain.computed_missing = fault;
}

}  // namespace guise::pki
