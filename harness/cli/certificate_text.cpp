#include "cli/certificate_text.hpp"

#include "base/time.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace guise::cli {

namespace {

std::string signer(const pki::CertificateFacts& facts) {
    return facts.self_signed ? "Self" : fmt::format("CA: {}", facts.issuer);
}

long days(std::chrono::seconds span) {
    return static_cast<long>(std::chrono::floor<std::chrono::days>(span).count());
}

std::string validity(const pki::CertificateFacts& facts, std::chrono::sys_seconds now) {
    const std::string span = fmt::format("{} to {}", time_text(facts.not_before), time_text(facts.not_after));
    if (now > facts.not_after)
        return fmt::format("{} (EXPIRED {} days ago)", span, days(now - facts.not_after));
    if (now < facts.not_before)
        return fmt::format("{} (NOT YET VALID, in {} days)", span, days(facts.not_before - now));
    return fmt::format("{} ({} days left)", span, days(facts.not_after - now));
}

std::string trust_text(const Trust& trust) {
    return trust.why_not.empty() ? fmt::format("yes, by {}", trust.store)
                                 : fmt::format("no, by {}: {}", trust.store, trust.why_not);
}

std::string leaf_text(const pki::CertificateFacts& facts, const Trust& trust, std::chrono::sys_seconds now) {
    return fmt::format(
        "Subject:      {}\n"
        "Signer:       {}\n"
        "Trusted:      {}\n"
        "Names:        {}\n"
        "Valid:        {}\n"
        "Serial:       {}\n"
        "Key:          {}, signed with {}{}\n"
        "SHA-1:        {}\n"
        "SHA-256:      {}\n"
        "Key SHA-256:  {}\n",
        facts.subject.empty() ? "(empty)" : facts.subject, signer(facts), trust_text(trust),
        facts.names.empty() ? "none" : fmt::format("{}", fmt::join(facts.names, ", ")), validity(facts, now),
        facts.serial, facts.key, facts.signature, facts.is_ca ? ", a CA" : "", facts.sha1, facts.sha256,
        facts.key_sha256);
}

}  // namespace

std::string chain_text(const std::vector<pki::CertificateFacts>& chain, const Trust& trust,
                       std::chrono::sys_seconds now) {
    std::string out;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        if (i == 0) {
            out += leaf_text(chain[i], trust, now);
            continue;
        }
        if (i == 1) out += "Chain:\n";
        out += fmt::format("  {}. {}\n     signer {}; {}\n     SHA-256 {}\n", i, chain[i].subject,
                           signer(chain[i]), validity(chain[i], now), chain[i].sha256);
    }
    return out;
}

std::string chain_json(const std::vector<pki::CertificateFacts>& chain, const Trust& trust,
                       std::chrono::sys_seconds now) {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const pki::CertificateFacts& facts : chain)
        out.push_back({{"subject", facts.subject},
                       {"signer", facts.self_signed ? "Self" : facts.issuer},
                       {"self_signed", facts.self_signed},
                       {"names", facts.names},
                       {"not_before", time_text(facts.not_before)},
                       {"not_after", time_text(facts.not_after)},
                       {"days_left", days(facts.not_after - now)},
                       {"serial", facts.serial},
                       {"key", facts.key},
                       {"signature", facts.signature},
                       {"is_ca", facts.is_ca},
                       {"sha1", facts.sha1},
                       {"sha256", facts.sha256},
                       {"key_sha256", facts.key_sha256}});
    if (!out.empty()) {
        out[0]["trusted"] = trust.why_not.empty();
        out[0]["trust_store"] = trust.store;
        if (!trust.why_not.empty()) out[0]["untrusted_because"] = trust.why_not;
    }
    return out.dump(2) + "\n";
}

}  // namespace guise::cli
