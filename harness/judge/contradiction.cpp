#include "judge/contradiction.hpp"

#include <fmt/format.h>

namespace guise::judge {

std::string contradiction(const evidence::Observation& seen) {
    using profile::Decision;
    if (!seen.exit_code || !seen.decision) return {};
    if (*seen.decision == Decision::refuse && seen.exit_means == "accepted")
        return fmt::format("refused on the wire, and ended with exit {}, which means that it accepted",
                           *seen.exit_code);
    if (*seen.decision == Decision::accept && seen.exit_means == "refused")
        return fmt::format("sent data, and ended with exit {}, which means that it refused", *seen.exit_code);
    return {};
}

}  // namespace guise::judge
