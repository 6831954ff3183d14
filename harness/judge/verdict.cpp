#include "judge/verdict.hpp"

#include <algorithm>
#include <array>

namespace guise::judge {

namespace {

constexpr std::array worst_first{Verdict::fail, Verdict::error,          Verdict::inconclusive, Verdict::note,
                                 Verdict::pass, Verdict::not_applicable, Verdict::not_run};

}  // namespace

bool is_worse(Verdict one, Verdict other) {
    const auto place = [](Verdict verdict) {
        return std::find(worst_first.begin(), worst_first.end(), verdict);
    };
    return place(one) < place(other);
}

Verdict worst(const std::vector<Check>& checks) {
    for (Verdict verdict : worst_first)
        if (std::any_of(checks.begin(), checks.end(),
                        [&](const Check& check) { return check.verdict == verdict; }))
            return verdict;
    return Verdict::not_run;
}

}  // namespace guise::judge
