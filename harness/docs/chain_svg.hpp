// The picture of a chain: boxes from the anchor down to the leaf, arrows from who signs to what is signed.
#pragma once

#include "docs/chain.hpp"
#include "docs/html.hpp"

namespace guise::docs {

/// An `<svg>` whose colours are those of the page around it (docs.css). `key` is the leaf's, as the scenario
/// names it. Every text is in the picture as text; its sentence is its name for who does not see it.
[[nodiscard]] Html chain_svg(const SeenChain& chain, const std::string& key);

/// The lines of a text that is broken between words where one grows longer than `width` characters. A word
/// that is longer by itself is broken too.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace guise::docs
