#include "judge/spread.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace guise::judge {

namespace {

// Earlier runs that a run is compared with. Those of a client that behaves have all come to the same.
constexpr std::size_t most_compared = 8;

const char* happened(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return "passed";
        case Verdict::note:
            return "missed a should";
        case Verdict::fail:
            return "failed";
        case Verdict::inconclusive:
            return "ended inconclusive";
        case Verdict::error:
            return "ended in an error";
        case Verdict::not_applicable:
            return "did not apply";
        case Verdict::not_run:
            break;
    }
    return "did not take place";
}

bool of_one_verdict(const std::vector<SpreadPart>& spread) {
    return std::all_of(spread.begin(), spread.end(),
                       [&](const SpreadPart& part) { return part.verdict == spread.front().verdict; });
}

}  // namespace

std::shared_ptr<const Judgement> shared(Judgement judgement, const std::vector<JudgedRun>& others) {
    std::size_t compared = 0;
    for (auto other = others.rbegin(); other != others.rend() && compared < most_compared;
         ++other, ++compared)
        if (*other->judgement == judgement) return other->judgement;
    return std::make_shared<const Judgement>(std::move(judgement));
}

const JudgedRun& worst_of(const std::vector<JudgedRun>& runs) {
    return *std::min_element(runs.begin(), runs.end(), [](const JudgedRun& one, const JudgedRun& other) {
        return is_worse(one.judgement->verdict, other.judgement->verdict);
    });
}

std::vector<SpreadPart> spread_of(const std::vector<JudgedRun>& runs) {
    std::vector<SpreadPart> out;
    if (runs.size() < 2) return out;
    for (const JudgedRun& run : runs) {
        const auto mine = [&](const SpreadPart& part) {
            return part.verdict == run.judgement->verdict && part.judged == run.judged;
        };
        auto part = std::find_if(out.begin(), out.end(), mine);
        if (part == out.end())
            part = out.insert(out.end(), {run.judgement->verdict, run.judged, {}, run.judgement->sentence});
        part->runs.push_back(run.number);
    }
    std::stable_sort(out.begin(), out.end(), [](const SpreadPart& one, const SpreadPart& other) {
        return is_worse(one.verdict, other.verdict);
    });
    return out;
}

std::string spread_text(const std::vector<SpreadPart>& spread) {
    if (spread.empty() || of_one_verdict(spread)) return {};
    std::size_t all = 0;
    std::map<Verdict, std::size_t> counts;
    for (const SpreadPart& part : spread) {
        all += part.runs.size();
        counts[part.verdict] += part.runs.size();
    }
    std::string out;
    for (const SpreadPart& part : spread) {
        const auto count = counts.extract(part.verdict);
        if (count.empty()) continue;  // counted with the other part of this verdict
        const std::string of = out.empty() ? fmt::format(" of {} runs", all) : "";
        out += fmt::format("{}{}{} {}", out.empty() ? "" : ", ", count.mapped(), of, happened(part.verdict));
    }
    return out;
}

const SpreadPart* part_of(const std::vector<SpreadPart>& spread, int run) {
    for (const SpreadPart& part : spread)
        if (std::binary_search(part.runs.begin(), part.runs.end(), run)) return &part;
    return nullptr;
}

}  // namespace guise::judge
