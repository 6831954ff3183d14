#include "profile/facts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::profile {

const ChainFacts& FactsSource::of(const scenario::Scenario& scenario, const pki::Present& present,
                                  std::chrono::seconds age) {
    const std::string certificate = present.identity();
    const std::vector<std::string> trusted = scenario.trusted(present.key);
    std::string identity = fmt::format("{}\n{}\n{}", age.count(), present.unasked, certificate);
    for (const std::string& anchor : trusted) identity += "\n" + anchor;
    const auto [at, fresh] = known_.try_emplace(std::move(identity));
    if (!fresh) return at->second;
    at->second = {certificate, present.key, pki::Mint::describe(library_, present, trusted, age).value(),
                  std::ranges::any_of(scenario.trust, [&](const scenario::Installed& installed) {
                      return installed.leaf == present.leaf && installed.key == present.key;
                  })};
    return at->second;
}

std::optional<pki::Topic> FactsSource::topic_of(const pki::Present& present) const {
    for (const pki::DefectUse& use : present.defects) {
        const pki::Defect& defect = library_.defects.at(use.name);
        if (defect.channel) return pki::Topic{*defect.channel, use.at.value_or(defect.first)};
    }
    return std::nullopt;
}

namespace {

bool is_alone(Fault fault, std::set<Fault> faults) {
    faults.erase(Fault::unknown_issuer);
    return faults == std::set{fault};
}

// What of the handshake is wrong besides the certificate; with `soft` false what must not be.
Row row_of_handshake(const std::set<Fault>& faults, const Mode& mode) {
    const bool proven = !faults.contains(Fault::no_proof);
    return proven && mode.rows.contains(Row::protocol) ? Row::protocol : Row::no_proof;
}

// A finer row for a certificate of which nothing else is wrong, where the mode has it.
Row row_of_invalid(const std::set<Fault>& faults, const Mode& mode) {
    constexpr std::pair<Fault, Row> finer[] = {{Fault::expired, Row::expired}, {Fault::size, Row::oversized}};
    for (const auto& [fault, row] : finer)
        if (is_alone(fault, faults) && mode.rows.contains(row)) return row;
    return Row::invalid;
}

}  // namespace

Row row_of(const pki::Chain& chain, const Profile& profile, const Mode& mode, bool soft) {
    std::set<Fault> faults;
    for (const auto& [fault, level] : chain.faults)
        if (soft || level == Level::must) faults.insert(fault);
    // What is wrong with the handshake comes before the certificate; what is merely unusual about it does
    // not.
    const bool handshake = faults.contains(Fault::no_proof) || faults.contains(Fault::protocol);
    if (chain.stage == pki::Stage::handshake && handshake) return row_of_handshake(faults, mode);
    if (chain.stage == pki::Stage::parse && soft) return Row::unreadable;
    if (faults.empty()) return Row::trusted;
    if (!faults.contains(Fault::unknown_issuer)) return row_of_invalid(faults, mode);
    const bool worse = std::any_of(faults.begin(), faults.end(),
                                   [&](Fault fault) { return profile.untrusted_faults.contains(fault); });
    return worse ? row_of_invalid(faults, mode) : Row::untrusted;
}

std::optional<Level> excuse_of(const pki::Chain& chain) {
    std::optional<Level> out;
    for (const auto& [fault, level] : chain.faults)
        if (level != Level::must) out = std::max(out.value_or(Level::may), level);
    return out;
}

}  // namespace guise::profile
