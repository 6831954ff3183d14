// Texts with `{name}` in them: what the run knows and the file does not.
#pragma once

#include "base/problem.hpp"
#include "base/yaml.hpp"

#include <map>
#include <set>
#include <string>

namespace guise::pki {

using Fillings = std::map<std::string, std::string, std::less<>>;
using Names = std::set<std::string, std::less<>>;

/// What the name of a host fills: {host}; {host-upper}, the same in capitals; {parent}, the name without its
/// first label; {grandparent}, without its first two. Above the last label is the root of the DNS, an empty
/// text.
[[nodiscard]] Fillings host_fillings(const std::string& host);

/// `text` with each `{name}` replaced where the name has a filling, and left alone where it has none.
[[nodiscard]] std::string filled(const std::string& text, const Fillings& fillings);
/// The same for all scalars of a tree, keys apart.
[[nodiscard]] yaml::Value filled(yaml::Value tree, const Fillings& fillings);

/// The names of the placeholders in all scalars of a tree.
[[nodiscard]] Names placeholders(const yaml::Value& tree);

/// Reports each scalar with a placeholder that is not among the known ones.
void check_placeholders(const yaml::Value& tree, const Names& known, Problems& problems);

}  // namespace guise::pki
