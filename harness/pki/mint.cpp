// A chain is made in two steps: the plan (pki/plan.hpp) says which recipes with which patches, and what is
// wrong with that; here the plan meets keys, hosts and a clock.
//
// With two caches, equal requests give equal bytes; a third one, of plans, makes them quick. Chains are
// kept per case. Issuers are kept for the run by all that goes into their bytes, and shared by chains that
// are made within an hour of each other: a case whose clock is set forward needs issuers that are valid at
// its time, and must not leave them to the others, for which they would not be valid yet. All issuers of one
// recipe have one name and one key, so a chain verifies with any of its roots.
#include "pki/mint.hpp"

#include "pki/certificate.hpp"
#include "pki/forged_curve.hpp"
#include "pki/plan.hpp"
#include "pki/ready.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::pki {

namespace {

// What the keys of a scope are for.
constexpr const char* leaf_key = "leaf";
constexpr const char* other_key = "other";  // signs the handshake in place of the leaf's

constexpr std::size_t most_requests = 64;  // that are kept planned
constexpr std::size_t most_settings = 64;  // of one request, for which its issuers are kept

using ReadyPtr = std::shared_ptr<const Ready>;

// All that certificates are filled with, the run's own name apart.
std::string identity_of(const Setting& setting) {
    return listed({setting.host, listed(setting.other_hosts), setting.address, setting.published});
}

// Of a setting, what the issuers of a plan are filled with: the place of publication is each case's own, and
// stands in certificates of which something is published.
std::string identity_of_issuers(const Plan& plan, Setting setting) {
    const bool published = std::any_of(plan.path.begin() + 1, plan.path.end(), [](const auto& one) {
        return one.seen.statements.contains(Channel::ocsp) || one.seen.statements.contains(Channel::crl);
    });
    if (!published) setting.published.clear();
    return identity_of(setting);
}

// The request without what is wrong with the handshake alone.
Present in_certificates(const Library& library, Present present) {
    std::erase_if(present.defects, [&](const DefectUse& use) {
        const auto found = library.defects.find(use.name);
        return found != library.defects.end() && found->second.handshake;
    });
    return present;
}

}  // namespace

std::string Present::identity() const {
    std::vector<std::string> uses;
    for (const DefectUse& use : defects) {
        std::vector<std::string> texts{use.name, use.at ? std::string(word(*use.at)) : ""};
        for (const auto& [name, text] : use.parameters) texts.insert(texts.end(), {name, text});
        uses.push_back(listed(texts));
    }
    std::ranges::sort(uses);
    std::vector<std::string> sent;
    for (const SendItem& item : send)
        sent.push_back(item.part ? std::string(word(*item.part)) : listed({"recipe", item.recipe, item.key}));
    return listed({leaf, key, std::to_string(issue), with ? yaml::canonical(*with) : "", listed(uses),
                   listed(sent), std::string(word(host))});
}

struct Mint::State {
    // A request that was planned, with those above its leaf, upwards, by what they are filled with.
    struct Request {
        Plan plan;
        std::string identity;         // as `Present::identity` has it
        std::string of_certificates;  // that of the request without faults of the handshake
        std::map<std::string, std::vector<ReadyPtr>> issuers;
    };
    struct Issued {
        std::chrono::sys_seconds made;
        Bytes der;
    };
    struct Kept {
        std::chrono::sys_seconds made;
        std::vector<Minted> path;
        std::shared_ptr<const tls::Presentation> presentation;
        std::vector<Publication> publications;
        Algorithm algorithm;  // of the leaf's key
    };

    const Library& library;
    KeyPool& keys;
    std::string run;
    std::map<std::string, Request> requests;
    std::map<std::string, std::vector<Issued>> issuers;
    std::map<std::string, Kept> chains;
    std::map<Key, std::shared_ptr<const PublicKey>> issuer_keys;  // the public half of each

    Result<Request*> request(const Present& present);
    Result<Bytes> make(const Ready& subject, const Ready& issuer, std::chrono::sys_seconds now) const;
    Result<Bytes> issuer(const Ready& subject, const Ready& above, std::chrono::sys_seconds now);
    void give_issuer_key(Ready& one);
    Result<Ready> ready_issuer(const PlannedCertificate& planned, const Setting& setting,
                               const Request* request = nullptr);
    Result<std::vector<ReadyPtr>> ready_issuers(Request& request, const Setting& setting);
    Result<ReadyPtr> ready_leaf(const Request& request, const std::string& leaf_key_name,
                                const Setting& setting);
    Result<Ready> signer(const std::string& recipe, const Setting& setting, Bytes& certificate);
    Result<Bytes> state(const Statement& statement, Channel channel, const Ready& above, Bytes serial,
                        const Setting& setting);
    Result<void> state_all(const std::vector<ReadyPtr>& all, const Setting& setting, Kept& kept,
                           tls::Presentation& presentation);
    Result<Kept> make_chain(Request& request, const Present& present, const std::string& scope,
                            const Setting& setting);
    Result<Bytes> extra(const PlannedExtra& planned, HostKind host, const std::string& scope,
                        const Setting& setting);
    Result<Bytes> other_leaf(const Present& shown, const std::string& scope, const Setting& setting);
    Result<const Kept*> kept(Request& request, const Present& present, const std::string& scope,
                             const Setting& setting);
    std::shared_ptr<tls::Presentation> present(const Plan& plan, const std::vector<Minted>& path,
                                               const std::vector<Bytes>& extras, const Ready& leaf) const;
    std::shared_ptr<const tls::Presentation> signed_as(const Plan& plan, const Kept& kept,
                                                       const Present& present,
                                                       const std::string& scope) const;
};

// Plans are made anew when there are too many of them: scenarios come several times in a row.
Result<Mint::State::Request*> Mint::State::request(const Present& present) {
    std::string identity = present.identity();
    const std::string asked = listed({identity, present.unasked ? "unasked" : ""});
    const auto known = requests.find(asked);
    if (known != requests.end()) return &known->second;
    auto plan = make_plan(library, present);
    if (!plan) return plan.error();
    if (requests.size() == most_requests) requests.clear();
    Request made{std::move(*plan), std::move(identity), in_certificates(library, present).identity(), {}};
    return &requests.emplace(asked, std::move(made)).first->second;
}

Result<Bytes> Mint::State::make(const Ready& subject, const Ready& issuer,
                                std::chrono::sys_seconds now) const {
    return make_certificate({subject.recipe, *subject.public_key, issuer.recipe, *issuer.public_key,
                             issuer.key.get(), now, subject.edits, subject.addresses});
}

Result<Bytes> Mint::State::issuer(const Ready& subject, const Ready& above, std::chrono::sys_seconds now) {
    std::vector<Issued>& known = issuers[subject.content + above.issuer_content];
    for (const Issued& one : known)
        if (one.made <= now && now - one.made < std::chrono::hours(1)) return one.der;
    auto der = make(subject, above, now);
    if (der) known.push_back({now, *der});
    return der;
}

void Mint::State::give_issuer_key(Ready& one) {
    const std::string owner = one.recipe.key_of ? library.key_owner(one.recipe.key_of->value) : one.name;
    one.key = keys.get(listed({"issuer", owner}), one.recipe.algorithm, Keep::memory);
    if (one.recipe.curve == Curve::forged_generator) {
        one.public_key = std::make_shared<PublicKey>(forged_key_info(one.key.get()));
        return;
    }
    auto& known = issuer_keys[one.key];
    if (!known) known = std::make_shared<PublicKey>(one.key.get(), one.recipe.algorithm);
    one.public_key = known;
}

// Of those in the path of a request, what is said is published as the request's own.
Result<Ready> Mint::State::ready_issuer(const PlannedCertificate& planned, const Setting& setting,
                                        const Request* request) {
    auto out = ready(planned, setting, run);
    if (!out) return out.error();
    if (request) give_addresses(*out, request->identity, setting);
    give_issuer_key(*out);
    out->content = content_of(*out);
    out->issuer_content = issuer_content_of(*out);
    return out;
}

// Those above the leaf: they do not depend on the case, but for what they are filled with.
Result<std::vector<ReadyPtr>> Mint::State::ready_issuers(Request& request, const Setting& setting) {
    if (request.issuers.size() >= most_settings) request.issuers.clear();
    std::vector<ReadyPtr>& known = request.issuers[identity_of_issuers(request.plan, setting)];
    for (std::size_t i = known.size() + 1; i < request.plan.path.size(); ++i) {
        auto one = ready_issuer(request.plan.path[i], setting, &request);
        if (!one) return one.error();
        known.push_back(std::make_shared<Ready>(std::move(*one)));
    }
    return known;
}

Result<ReadyPtr> Mint::State::ready_leaf(const Request& request, const std::string& leaf_key_name,
                                         const Setting& setting) {
    auto one = ready(request.plan.path.front(), setting, run);
    if (!one) return one.error();
    give_addresses(*one, request.identity, setting);
    if (one->recipe.key_of) {
        give_issuer_key(*one);
    } else {
        one->key = keys.get(leaf_key_name, one->recipe.algorithm);
        one->public_key = std::make_shared<PublicKey>(one->key.get(), one->recipe.algorithm);
    }
    return std::make_shared<const Ready>(std::move(*one));
}

// The key and the name of a recipe that signs statements, with its certificate.
Result<Ready> Mint::State::signer(const std::string& recipe, const Setting& setting, Bytes& certificate) {
    std::vector<Ready> path;  // its own, its issuer's
    for (const std::string& name : library.path(recipe)) {
        auto one = ready_issuer({name, Position::intermediate, library.recipes.at(name), {}}, setting);
        if (!one) return one.error();
        path.push_back(std::move(*one));
        if (path.size() == 2) break;
    }
    auto der = issuer(path.front(), path.back(), setting.now);
    if (!der) return der.error();
    certificate = std::move(*der);
    return std::move(path.front());
}

Result<Bytes> Mint::State::state(const Statement& statement, Channel channel, const Ready& above,
                                 Bytes serial, const Setting& setting) {
    StatementParts parts{.statement = statement,
                         .serial = std::move(serial),
                         .issuer_name = encode_subject(above.recipe.subject),
                         .issuer_key = above.public_key->identifier,
                         .signer_name = encode_subject(above.recipe.subject),
                         .signer_key = above.public_key->identifier,
                         .signer_certificate = {},
                         .key = above.key.get(),
                         .algorithm = default_signature(above.recipe.algorithm),
                         .now = setting.now};
    Key key;  // as long as it signs
    if (statement.signer != "issuer") {
        const auto other = signer(statement.signer, setting, parts.signer_certificate);
        if (!other) return other.error();
        parts.signer_name = encode_subject(other->recipe.subject);
        parts.signer_key = other->public_key->identifier;
        key = other->key;
        parts.key = key.get();
        parts.algorithm = default_signature(other->recipe.algorithm);
    }
    return channel == Channel::crl ? make_list(parts) : make_ocsp_response(parts);
}

// All that is said of the certificates below the root. Of one without a serial nothing can be said.
Result<void> Mint::State::state_all(const std::vector<ReadyPtr>& all, const Setting& setting, Kept& kept,
                                    tls::Presentation& presentation) {
    for (std::size_t i = 0; i + 1 < all.size(); ++i)
        for (const auto& [channel, statement] : all[i]->recipe.statements) {
            auto serial = serial_of(kept.path[i].der);
            const bool said = channel == Channel::staple ? i == 0 : all[i]->paths.contains(channel);
            if (!said || !serial) continue;
            auto der = state(statement, channel, *all[i + 1], std::move(*serial), setting);
            if (!der) return der.error();
            if (channel == Channel::staple)
                presentation.ocsp_response = std::move(*der);
            else
                kept.publications.push_back(
                    {{channel, kept.path[i].position}, all[i]->paths.at(channel), std::move(*der)});
        }
    return {};
}

Result<Mint::State::Kept> Mint::State::make_chain(Request& request, const Present& asked,
                                                  const std::string& scope, const Setting& setting) {
    const Plan& plan = request.plan;
    auto leaf = ready_leaf(request, listed({leaf_key, scope, asked.key}), setting);
    if (!leaf) return leaf.error();
    auto above_leaf = ready_issuers(request, setting);
    if (!above_leaf) return above_leaf.error();
    std::vector<ReadyPtr> all{std::move(*leaf)};
    all.insert(all.end(), above_leaf->begin(), above_leaf->end());
    Kept kept{setting.now, {}, nullptr, {}, {}};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Ready& subject = *all[i];
        const Ready& above = *all[std::min(i + 1, all.size() - 1)];  // the last one signs itself
        auto der = i == 0 ? make(subject, above, setting.now) : issuer(subject, above, setting.now);
        if (!der) return der.error();
        kept.path.push_back({subject.name, plan.path[i].position, std::move(*der)});
    }
    std::vector<Bytes> extras;
    for (const PlannedExtra& each : plan.extras) {
        auto der = extra(each, asked.host, scope, setting);
        if (!der) return der.error();
        extras.push_back(std::move(*der));
    }
    auto presentation = present(plan, kept.path, extras, *all.front());
    if (auto stated = state_all(all, setting, kept, *presentation); !stated) return stated.error();
    kept.presentation = std::move(presentation);
    kept.algorithm = all.front()->recipe.algorithm;
    return kept;
}

// A certificate of another path, made as any issuer is; or another leaf, as the scenario shows it elsewhere.
Result<Bytes> Mint::State::extra(const PlannedExtra& planned, HostKind host, const std::string& scope,
                                 const Setting& setting) {
    if (!planned.key.empty())
        return other_leaf({.leaf = planned.certificate.recipe, .key = planned.key, .host = host}, scope,
                          setting);
    auto subject = ready_issuer(planned.certificate, setting), above = ready_issuer(planned.issuer, setting);
    if (!subject) return subject.error();
    if (!above) return above.error();
    return issuer(*subject, *above, setting.now);
}

// It is planned apart from the other requests: whoever is being made keeps its own.
Result<Bytes> Mint::State::other_leaf(const Present& shown, const std::string& scope,
                                      const Setting& setting) {
    auto plan = make_plan(library, shown);
    if (!plan) return plan.error();
    Request made{std::move(*plan), shown.identity(), in_certificates(library, shown).identity(), {}};
    const auto found = kept(made, shown, scope, setting);
    if (!found) return found.error();
    return (*found)->path.front().der;
}

// The chain of this request, which is made when it is first asked for.
Result<const Mint::State::Kept*> Mint::State::kept(Request& request, const Present& present,
                                                   const std::string& scope, const Setting& setting) {
    const std::string identity = listed({scope, request.of_certificates, identity_of(setting)});
    auto found = chains.find(identity);
    if (found == chains.end()) {
        auto made = make_chain(request, present, scope, setting);
        if (!made) return made.error();
        found = chains.emplace(identity, std::move(*made)).first;
    }
    return &found->second;
}

// What is sent: the leaf and its intermediates, where nothing else is said. The client has the root, or it
// has not.
std::shared_ptr<tls::Presentation> Mint::State::present(const Plan& plan, const std::vector<Minted>& path,
                                                        const std::vector<Bytes>& extras,
                                                        const Ready& leaf) const {
    auto out = std::make_shared<tls::Presentation>();
    for (const std::size_t place : plan.sent)
        out->certificates.push_back(place < path.size() ? path[place].der : extras.at(place - path.size()));
    out->key = leaf.key;
    return out;
}

// A fault of the handshake is none of the certificate: it is shown with the same bytes.
std::shared_ptr<const tls::Presentation> Mint::State::signed_as(const Plan& plan, const Kept& kept,
                                                                const Present& present,
                                                                const std::string& scope) const {
    if (plan.signature == tls::SignatureFault::none && plan.mutation.kind == tls::MutationKind::none)
        return kept.presentation;
    auto out = std::make_shared<tls::Presentation>(*kept.presentation);
    out->signature = plan.signature;
    out->mutation = plan.mutation;
    if (plan.signature == tls::SignatureFault::wrong_key)
        out->other_key = keys.get(listed({other_key, scope, present.key}), kept.algorithm);
    return out;
}

Mint::Mint(const Library& library, KeyPool& keys, std::string run)
    : state_(new State{library, keys, std::move(run), {}, {}, {}, {}}) {}
Mint::~Mint() = default;

Result<Chain> Mint::mint(const Present& present, const std::string& scope, const Setting& setting,
                         const std::vector<std::string>& trusted) {
    const auto request = state_->request(present);
    if (!request) return request.error();
    const Plan& plan = (*request)->plan;
    const auto kept = state_->kept(**request, present, scope, setting);
    if (!kept) return kept.error();
    Chain chain;
    chain.path = (*kept)->path;
    chain.publications = (*kept)->publications;
    chain.presentation = state_->signed_as(plan, **kept, present, scope);
    find_faults(state_->library, plan, trusted, setting.now - (*kept)->made, chain);
    return chain;
}

void Mint::forget(const std::string& scope) {
    const std::string own = listed({scope});
    std::erase_if(state_->chains, [&](const auto& kept) { return kept.first.starts_with(own); });
    for (const char* use : {leaf_key, other_key}) state_->keys.forget(listed({use, scope}));
}

Result<Bytes> Mint::anchor(const std::string& recipe, const Setting& setting) {
    const auto found = state_->library.recipes.find(recipe);
    if (found == state_->library.recipes.end() || found->second.find("issuer")->text != "self")
        return Problem{{}, "a recipe that signs itself", fmt::format("'{}'", recipe)};
    auto ready = state_->ready_issuer({recipe, Position::root, found->second, {}}, setting);
    if (!ready) return ready.error();
    return state_->issuer(*ready, *ready, setting.now);
}

Result<Chain> Mint::describe(const Library& library, const Present& present,
                             const std::vector<std::string>& trusted, std::chrono::seconds age) {
    const auto plan = make_plan(library, present);
    if (!plan) return plan.error();
    Chain chain;
    for (const PlannedCertificate& one : plan->path) chain.path.push_back({one.recipe, one.position, {}});
    find_faults(library, *plan, trusted, age, chain);
    return chain;
}

}  // namespace guise::pki
