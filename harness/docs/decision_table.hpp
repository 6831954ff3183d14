// The decision table of a profile: the expected behaviour of each mode in each situation.
#pragma once

#include "docs/html.hpp"
#include "docs/writer.hpp"

namespace guise::docs {

/// One table where the profile remembers nothing: situations by modes. Else one table a mode: situations by
/// what the client remembers. Each mode has the anchor of its name.
[[nodiscard]] Html decision_tables(const Writer& writer, const profile::Profile& profile);

/// The checks that stand in a mode, with their clauses.
[[nodiscard]] Html checks_html(const Writer& writer, const profile::Profile& profile);

}  // namespace guise::docs
