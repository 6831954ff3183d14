#include "docs/chain.hpp"

#include "pki/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::docs {

namespace {

using pki::Position;
using yaml::Value;

std::string text_at(const Value& tree, std::string_view key) {
    const Value* found = tree.find(key);
    return found ? found->text : "";
}

// The value below several keys, or null.
const Value* below(const Value& tree, std::initializer_list<std::string_view> keys) {
    const Value* at = &tree;
    for (const std::string_view key : keys)
        if (at) at = at->find(key);
    return at;
}

// The first few names, and how many more there are.
std::string names_text(const Value& tree) {
    const Value* names = tree.find("names");
    if (!names) return "";
    constexpr std::size_t few = 4;
    std::string out;
    for (std::size_t i = 0; i < names->items.size() && i < few; ++i)
        for (const auto& [kind, name] : names->items[i].entries)
            out += kind.text == "repeat" ? fmt::format(" ({} times)", name.text)
                                         : fmt::format("{}{}", out.empty() ? "" : ", ", name.text);
    if (names->items.size() > few) out += fmt::format(" and {} more", names->items.size() - few);
    return out;
}

std::string subject_text(const Value& tree) {
    const Value* subject = tree.find("subject");
    std::string out;
    if (subject)
        for (const auto& [key, value] : subject->entries)
            out += fmt::format("{}{} {}", out.empty() ? "" : ", ", key.text == "cn" ? "CN" : "O", value.text);
    return out.empty() ? "an empty subject" : out;
}

std::string ca_text(const Value& tree) {
    const Value* ca = below(tree, {"extensions", "basic-constraints", "ca"});
    if (!ca) return "no basicConstraints";
    if (ca->text != "true") return "no CA";
    const Value* length = below(tree, {"extensions", "basic-constraints", "path-length"});
    return length ? fmt::format("CA, path length {}", length->text) : "CA";
}

std::string validity_text(const Value& tree) {
    const Value* valid = tree.find("valid");
    if (!valid) return "";
    return fmt::format("valid {} to {}", text_at(*valid, "from"), text_at(*valid, "to"));
}

std::string constraint_text(const Value& list) {
    std::string out;
    for (const Value& one : list.items)
        for (const auto& [kind, name] : one.entries)
            out += fmt::format("{}{}", out.empty() ? "" : ", ", name.text);
    return out;
}

// What the names of a CA's certificates must be, or must not be.
void add_constraints(const Value& tree, std::vector<std::string>& facts) {
    for (const char* kind : {"permitted", "excluded"})
        if (const Value* list = below(tree, {"extensions", "name-constraints", kind}))
            facts.push_back(fmt::format("{} names: {}", kind, constraint_text(*list)));
}

bool is_self_signed(const Value& tree) { return text_at(tree, "issuer") == "self"; }

Sent sent_of(const pki::Plan& plan, std::size_t from_leaf) {
    if (std::ranges::count(plan.sent, from_leaf) != 0) return Sent::sent;
    return plan.path[from_leaf].position == Position::root ? Sent::kept : Sent::missing;
}

// What is sent, where it is not the leaf and what is above it, in this order.
std::vector<std::string> unusual_order(const pki::Plan& plan) {
    const bool root_too = std::ranges::any_of(
        plan.sent, [&](std::size_t place) { return plan.at(place).position == Position::root; });
    if (std::ranges::is_sorted(plan.sent) && std::ranges::adjacent_find(plan.sent) == plan.sent.end() &&
        plan.extras.empty() && !root_too)
        return {};
    std::vector<std::string> out;
    for (const std::size_t place : plan.sent)
        out.push_back(fmt::format("{}. {}", out.size() + 1, plan.at(place).recipe));
    return out;
}

Position position_of(const pki::Defect& defect, const pki::DefectUse& use) {
    return use.at.value_or(defect.first);
}

// Of several intermediates, a defect sits on the leaf's issuer.
SeenCertificate* at_position(SeenChain& chain, Position position) {
    const auto found = std::find_if(chain.path.rbegin(), chain.path.rend(),
                                    [&](const SeenCertificate& one) { return one.position == position; });
    return found == chain.path.rend() ? nullptr : &*found;
}

void mark_defect(const pki::Defect& defect, const pki::DefectUse& use, SeenChain& chain) {
    const Position position = position_of(defect, use);
    std::string text = fmt::format("{} ({})", defect.name, word(defect.level.at(position)));
    for (const auto& [name, value] : use.parameters) text += fmt::format(", {} {}", name, value);
    SeenCertificate* certificate = at_position(chain, position);
    if (!certificate) return chain.handshake.push_back(std::move(text));
    certificate->defects.push_back(std::move(text));
    if (defect.faults.contains(Fault::bad_signature)) certificate->unverifiable = true;
}

SeenCertificate seen(const pki::Plan& plan, std::size_t from_leaf, const std::vector<std::string>& trusted) {
    const pki::PlannedCertificate& planned = plan.path[from_leaf];
    SeenCertificate out{planned.recipe,
                        planned.position,
                        sent_of(plan, from_leaf),
                        false,
                        false,
                        facts_of(planned.tree, planned.position),
                        {}};
    if (plan.path.size() == 1) out.facts.push_back("signed by itself");
    out.anchor = is_self_signed(planned.tree) && std::ranges::count(trusted, planned.recipe) != 0;
    return out;
}

std::string certificate_sentence(const SeenCertificate& one) {
    std::string out = one.recipe;
    if (one.anchor) out += ", which the client trusts";
    if (one.sent == Sent::missing) out += ", which is not sent";
    for (const std::string& defect : one.defects) out += fmt::format(", with the defect {}", defect);
    return out;
}

}  // namespace

std::vector<std::string> facts_of(const Value& tree, Position position) {
    std::vector<std::string> out;
    const std::string names = names_text(tree);
    if (position == Position::leaf)
        out.push_back(names.empty() ? "no subjectAltName; " + subject_text(tree) : "for " + names);
    else
        out.push_back(subject_text(tree));
    std::string line = text_at(tree, "algorithm");
    for (const std::string& part : {ca_text(tree), validity_text(tree)})
        if (!part.empty() && !(position == Position::leaf && part == "no CA")) line += ", " + part;
    out.push_back(line);
    add_constraints(tree, out);
    return out;
}

std::string SeenChain::sentence() const {
    std::string out;
    for (const SeenCertificate& one : path) {
        if (!out.empty())
            out += one.unverifiable ? "; its signature on the next does not verify: " : "; it signs ";
        out += certificate_sentence(one);
    }
    if (path.size() == 1) out += ", signed by itself";
    for (const std::string& defect : handshake)
        out += fmt::format("; the handshake has the defect {}", defect);
    if (!order.empty()) out += fmt::format("; sent in this order: {}", fmt::join(order, ", "));
    return out + (anchored ? "." : ". No path leads to an anchor of the client's.");
}

SeenChain look_at(const pki::Library& library, const scenario::Scenario& scenario,
                  const pki::Present& present) {
    const pki::Plan plan = pki::make_plan(library, present).value();
    const auto trusted = scenario.trusted(present.key);
    SeenChain out;
    for (std::size_t i = plan.path.size(); i-- > 0;) out.path.push_back(seen(plan, i, trusted));
    for (const pki::DefectUse& use : present.defects) mark_defect(library.defects.at(use.name), use, out);
    out.order = unusual_order(plan);
    pki::Chain chain;
    pki::find_faults(library, plan, trusted, std::chrono::seconds(0), chain);
    out.anchored = std::ranges::any_of(out.path, &SeenCertificate::anchor) &&
                   !chain.faults.contains(Fault::unknown_issuer);
    return out;
}

}  // namespace guise::docs
