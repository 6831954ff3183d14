#include "judge/crash_check.hpp"

#include <fmt/format.h>

namespace guise::judge {

void add_crash_check(const Explained& visit, std::vector<Check>& out) {
    if (!visit.seen.died_of) return;
    profile::Clauses clauses = clauses_of(visit, "crash");
    if (clauses.empty()) return;
    const int signal = *visit.seen.died_of;
    const std::string observed = fmt::format("one that died of signal {} ({}) after it saw the certificate",
                                             signal, evidence::signal_name(signal));
    out.push_back(
        check_of(visit, "crash", {false, "a client that ends by itself", observed}, std::move(clauses)));
}

}  // namespace guise::judge
