// Evidence from JSON: the other half of report/evidence_json.hpp.
#pragma once

#include "evidence/visit.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace guise::report {

/// Throws nlohmann's exceptions, or std::invalid_argument for an unknown word.
[[nodiscard]] evidence::VisitEvidence parse_evidence(const nlohmann::ordered_json& json);

/// The value of a word. Throws std::invalid_argument where there is none.
template <Word E>
[[nodiscard]] E parse_word(const nlohmann::ordered_json& json) {
    const auto value = from_word<E>(json.get<std::string>());
    if (!value)
        throw std::invalid_argument(fmt::format("'{}' is not {}", json.get<std::string>(), one_of<E>()));
    return *value;
}

}  // namespace guise::report
