// Values that JSON has no type for: bytes, times, words of a closed set, the id of a case. Each is written
// and read here.
#pragma once

#include "base/words.hpp"
#include "evidence/case_id.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace guise::evidence {

/// A text as JSON: itself where it is UTF-8, `{"base64": …}` where it is not. Nothing of a client's bytes is
/// lost.
[[nodiscard]] nlohmann::ordered_json bytes_json(const std::string& bytes);
/// A list of them.
[[nodiscard]] nlohmann::ordered_json bytes_list_json(const std::vector<std::string>& list);
/// The bytes of what `bytes_json` made. Throws nlohmann's exceptions, or std::invalid_argument.
[[nodiscard]] std::string parse_bytes(const nlohmann::ordered_json& json);
/// What `bytes_list_json` made.
[[nodiscard]] std::vector<std::string> parse_bytes_list(const nlohmann::ordered_json& json);

/// The time that `time_text` wrote. Throws std::invalid_argument where it is none.
[[nodiscard]] std::chrono::sys_seconds parse_time(const nlohmann::ordered_json& json);

/// The word of a value, or null.
template <Word E>
[[nodiscard]] nlohmann::ordered_json word_or_null(const std::optional<E>& value) {
    return value ? nlohmann::ordered_json(word(*value)) : nlohmann::ordered_json(nullptr);
}
/// The value of a word. Throws std::invalid_argument where there is none.
template <Word E>
[[nodiscard]] E parse_word(const nlohmann::ordered_json& json) {
    const auto value = from_word<E>(json.get<std::string>());
    if (!value)
        throw std::invalid_argument(fmt::format("'{}' is not {}", json.get<std::string>(), one_of<E>()));
    return *value;
}
/// The value of a word that may be null or absent.
template <Word E>
[[nodiscard]] std::optional<E> maybe_word(const nlohmann::ordered_json& json, const char* name) {
    const auto found = json.find(name);
    if (found == json.end() || found->is_null()) return std::nullopt;
    return parse_word<E>(*found);
}

/// Adds `scenario`, `mode` and `client` to a record.
void add_id(nlohmann::ordered_json& out, const CaseId& id);
[[nodiscard]] CaseId parse_id(const nlohmann::ordered_json& json);

}  // namespace guise::evidence
