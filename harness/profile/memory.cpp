#include "profile/memory.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::profile {

namespace {

// What acceptance does to the pins of one server.
enum class Effect { keep, replace, add };

struct PricedEffect {
    Effect effect = Effect::keep;
    std::vector<Price> price;
};

Effect setting(const Profile& profile) {
    return profile.pin.on_accept == PinAccept::replace ? Effect::replace : Effect::add;
}

bool is_among(const std::vector<PricedEffect>& effects, Effect effect) {
    return std::ranges::any_of(effects, [&](const PricedEffect& one) { return one.effect == effect; });
}

std::vector<PricedEffect> effects_of(const Profile& profile, const ClauseList& clauses, const Cell& cell,
                                     const Acceptance& how) {
    std::vector<PricedEffect> out;
    if (!how.owed || cell.pin.empty() || cell.pin.contains(PinEffect::keep))
        out.push_back({Effect::keep, {}});
    if (!how.owed || cell.pin.contains(PinEffect::set)) out.push_back({setting(profile), {}});
    const bool other_explains = how.owed && how.tolerated && !cell.pin_clause.empty() &&
                                profile.level(cell.pin_clause, clauses) != Level::must;
    if (!other_explains) return out;
    std::vector<Price> price;
    for (const std::string& clause : cell.pin_clause) price.push_back({std::nullopt, clause});
    for (const Effect effect : {Effect::replace, Effect::add, Effect::keep})
        if (!is_among(out, effect)) out.push_back({effect, price});
    return out;
}

Memory with(Memory memory, const std::string& server, const ChainFacts& facts, Effect effect) {
    if (effect == Effect::keep) return memory;
    const Pin pin{facts.certificate, facts.key};
    std::vector<Pin>& pins = memory.pins[server];
    if (effect == Effect::replace) pins.clear();
    std::erase(pins, pin);
    pins.push_back(pin);
    return memory;
}

}  // namespace

Level level_of(const Price& price, const Profile& profile, const ClauseList& clauses) {
    return price.fault ? *price.fault : profile.level(price.clause, clauses);
}

Possible at_start(const scenario::Scenario& scenario, const Profile& profile, const std::string& mode) {
    Possible out;
    out.clients[""].mode = mode == "default" ? profile.default_mode : mode;
    for (const auto& [label, own] : scenario.clients) out.clients[label].mode = own;
    return out;
}

std::string server_of(const Profile& profile, const scenario::At& at) {
    switch (profile.pin.per) {
        case PinPer::host:
            return at.host;
        case PinPer::host_port:
            return fmt::format("{}:{}", at.host, at.port);
        case PinPer::server_id:
            break;
    }
    if (at.server == "same") return "server main/main";
    return "server " + (at.server.empty() ? fmt::format("{}/{}", at.host, at.port) : at.server);
}

Column column_of(const Profile& profile, const Memory& memory, const std::string& server,
                 const ChainFacts& facts) {
    const auto found = memory.pins.find(server);
    if (found == memory.pins.end() || found->second.empty()) return Column::none;
    const std::vector<Pin>& pins = found->second;
    if (std::ranges::count(pins, facts.certificate, &Pin::certificate) != 0) return Column::same;
    const bool by_key = profile.pin.what == PinWhat::public_key;
    return by_key && std::ranges::count(pins, facts.key, &Pin::key) != 0 ? Column::renewed : Column::changed;
}

std::vector<Remembered> after_acceptance(const Profile& profile, const ClauseList& clauses,
                                         const Memory& memory, const std::string& server,
                                         const ChainFacts& facts, const Cell& cell, const Acceptance& how) {
    std::vector<Remembered> out;
    const bool open =
        how.owed && cell.pin.size() > 1 && with(memory, server, facts, setting(profile)) != memory;
    for (const PricedEffect& one : effects_of(profile, clauses, cell, how)) {
        out.push_back({with(memory, server, facts, one.effect), one.price});
        if (open && one.price.empty())
            out.back().chosen = one.effect == Effect::keep ? PinEffect::keep : PinEffect::set;
    }
    return out;
}

}  // namespace guise::profile
