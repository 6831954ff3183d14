#include "judge/verdict.hpp"

#include <algorithm>
#include <array>

namespace guise::judge {

Verdict worst(const std::vector<Check>& checks) {
    constexpr std::array order{Verdict::fail, Verdict::error,          Verdict::inconclusive, Verdict::note,
                               Verdict::pass, Verdict::not_applicable, Verdict::not_run};
    for (Verdict verdict : order)
        if (std::any_of(checks.begin(), checks.end(),
                        [&](const Check& check) { return check.verdict == verdict; }))
            return verdict;
    return Verdict::not_run;
}

}  // namespace guise::judge
