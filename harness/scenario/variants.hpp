// The axes of a scenario file: `variants: {tls: ["1.2", "1.3"]}` makes a case of each, with `$tls` filled in.
#pragma once

#include "base/yaml.hpp"

#include <map>
#include <string>
#include <vector>

namespace guise::scenario {

/// One choice of a value on each axis, and the file with it filled in.
struct Variant {
    std::map<std::string, std::string> axes;
    yaml::Value file;  // without the key `variants`
};

/// All variants, the last axis varying fastest; the file itself where it has no axes.
/// Errors: `$name` without such an axis, an axis that nothing uses, an axis without values.
[[nodiscard]] std::vector<Variant> expand_variants(const yaml::Value& file, Problems& problems);

/// `id[axis=value,…]`, or `id` alone.
[[nodiscard]] std::string variant_id(const std::string& id, const std::map<std::string, std::string>& axes);

}  // namespace guise::scenario
