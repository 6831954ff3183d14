#include "judge/contradiction.hpp"

#include <fmt/format.h>

namespace guise::judge {

std::string contradiction(const evidence::Observation& accepted, const evidence::Observation& seen) {
    using profile::Decision;
    if (accepted.decision != Decision::accept || !accepted.exit_code || !seen.exit_code || !seen.decision)
        return {};
    const bool same = *seen.exit_code == *accepted.exit_code;
    if (*seen.decision == Decision::refuse && same)
        return fmt::format("refused on the wire, and ended with exit {} as it does when it accepts",
                           *seen.exit_code);
    if (*seen.decision == Decision::accept && !same)
        return fmt::format("sent data, and ended with exit {}; when it accepts the control it ends with {}",
                           *seen.exit_code, *accepted.exit_code);
    return {};
}

}  // namespace guise::judge
