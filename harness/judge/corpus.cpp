#include "judge/corpus.hpp"

#include <fmt/format.h>

#include <optional>

namespace guise::judge {

namespace {

std::optional<bool> accepted(const evidence::Observation& seen) {
    using profile::Final;
    if (seen.final == Final::accepted || seen.final == Final::accepted_once) return true;
    if (seen.final == Final::refused) return false;
    return std::nullopt;
}

}  // namespace

Judgement judge_corpus_case(bool accepts, const SeenVisits& visits) {
    if (visits.empty()) return {Verdict::inconclusive, "Nothing was seen.", {}};
    const auto& [number, seen] = *visits.rbegin();
    const auto did = accepted(seen);
    const Verdict verdict = !did ? Verdict::inconclusive : *did == accepts ? Verdict::pass : Verdict::fail;
    return {verdict,
            fmt::format("The client {}.", seen.sentence),
            {{"decision",
              number,
              verdict,
              accepts ? "accept" : "refuse",
              seen.sentence,
              {},
              Level::must,
              false}}};
}

}  // namespace guise::judge
