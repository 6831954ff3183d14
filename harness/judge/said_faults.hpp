// What a client says is wrong with a certificate, compared with what is.
#pragma once

#include "profile/alternative.hpp"

#include <string>
#include <vector>

namespace guise::judge {

/// The faults that were said and are not there. Only those that can be seen in one way alone are judged: the
/// dates, the name, the anchor and the change; and the first three of them only where nothing else is wrong,
/// because clients have their own words, and their own order, for what else there is.
[[nodiscard]] std::vector<std::string> invented_faults(const profile::Alternative& way,
                                                       const std::vector<std::string>& said);

/// Whether a change is said, among the faults or in the text.
[[nodiscard]] bool says_changed(const std::vector<std::string>& faults, const std::string& text);

}  // namespace guise::judge
