// What a server sends of a chain, and in which order: a list of parts, as scenarios and defects write it.
#pragma once

#include "base/problem.hpp"
#include "base/words.hpp"
#include "base/yaml.hpp"

#include <optional>
#include <string>
#include <vector>

namespace guise::pki {

/// A part of the chain.
enum class Part {
    leaf,                    // the server's own certificate
    issuer,                  // the intermediate that has issued it
    intermediates,           // all of them, from the leaf's issuer upwards
    intermediates_reversed,  // the same from above
    root                     // the last of the path
};
constexpr auto words(Part) {
    return std::to_array<std::string_view>(
        {"leaf", "issuer", "intermediates", "intermediates-reversed", "root"});
}

/// One entry: a part of the chain, or a certificate that is none.
struct SendItem {
    std::optional<Part> part;
    std::string recipe;  // where it is no part
    std::string key;     // of another leaf of the scenario, its label; empty: it is an issuer of the run
    SourcePos where;
};

/// Reads a list such as `[leaf, intermediates, {recipe: end-entity}, {leaf: self-signed, key: b}]`.
[[nodiscard]] std::vector<SendItem> parse_sending(const yaml::Value& list, Problems& problems);

/// The places in a path of `size` certificates, leaf first and root last, that a part stands for. A path of
/// one has no root: it is a leaf that signs itself.
[[nodiscard]] std::vector<std::size_t> places_of(Part part, std::size_t size);

}  // namespace guise::pki
