// Which case a piece of evidence, or a verdict, is about.
#pragma once

#include "base/shared_text.hpp"

#include <compare>

namespace guise::evidence {

/// One client in one mode in one scenario.
struct CaseId {
    SharedText scenario;
    SharedText mode;
    SharedText client;
    auto operator<=>(const CaseId&) const = default;
};

}  // namespace guise::evidence
