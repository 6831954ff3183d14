#include "judge/said_faults.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>

namespace guise::judge {

namespace {

constexpr std::string_view changed = "changed";
constexpr std::array visible{Fault::expired, Fault::not_yet_valid, Fault::wrong_name, Fault::unknown_issuer};

bool is_visible(Fault fault) { return std::ranges::find(visible, fault) != visible.end(); }

bool is_about_dates(Fault fault) { return fault == Fault::expired || fault == Fault::not_yet_valid; }

// Whether the chain could be taken to have it. Who leaves out a certificate that is out of date may find no
// issuer.
bool may_have(const profile::Alternative& way, Fault fault) {
    const auto has = [&](auto which) {
        return std::ranges::any_of(way.faults, [&](const auto& each) { return which(each.first); });
    };
    if (has([](Fault each) { return !is_visible(each); })) return true;
    if (fault == Fault::unknown_issuer && has(is_about_dates)) return true;
    return way.faults.contains(fault);
}

// A new certificate of the pinned key is another one than before. Clients whose check of the dates comes with
// the pin tell both in one word.
bool may_be_changed(const profile::Alternative& way) {
    using profile::Column;
    const bool dates =
        std::ranges::any_of(way.faults, [](const auto& each) { return is_about_dates(each.first); });
    return way.memory == Column::changed || way.memory == Column::renewed ||
           (way.memory == Column::same && dates);
}

}  // namespace

std::vector<std::string> invented_faults(const profile::Alternative& way,
                                         const std::vector<std::string>& said) {
    std::vector<std::string> out;
    for (const std::string& each : said) {
        if (each == changed && !may_be_changed(way)) out.push_back(each);
        for (const Fault fault : visible)
            if (each == word(fault) && !may_have(way, fault)) out.push_back(each);
    }
    return out;
}

bool says_changed(const std::vector<std::string>& faults, const std::string& text) {
    if (std::ranges::find(faults, changed) != faults.end()) return true;
    const std::string said = lower(text);
    return std::ranges::any_of(
        std::to_array<std::string_view>({"change", "differ", "another", "mismatch", "no longer"}),
        [&](std::string_view part) { return said.find(part) != std::string::npos; });
}

}  // namespace guise::judge
