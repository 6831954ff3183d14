// How one certificate is made: a recipe as the certificate stage uses it, parsed from its YAML tree after
// `like`, the scenario's patch and the defects have been laid over it.
#pragma once

#include "base/problem.hpp"
#include "base/words.hpp"
#include "base/yaml.hpp"
#include "pki/extensions.hpp"
#include "pki/keys.hpp"
#include "pki/names.hpp"
#include "pki/signature.hpp"
#include "pki/status.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guise::pki {

/// A value with its place in the file.
template <class T>
struct Placed {
    T value{};
    SourcePos where;
};

/// How a certificate names the curve of its key.
enum class Curve {
    named,            // by its identifier
    forged_generator  // by parameters of its own: see pki/forged_curve.hpp
};
constexpr auto words(Curve) { return std::to_array<std::string_view>({"named", "forged-generator"}); }

struct Recipe {
    Subject subject;
    Placed<std::string> issuer;  // a recipe, or `self`
    Algorithm algorithm = Algorithm::p256;
    std::optional<Placed<std::string>> key_of;  // the recipe of an issuer whose key this one has as well
    Curve curve = Curve::named;                 // where it is forged, so is what this issuer signs
    std::vector<GeneralName> names;
    std::chrono::seconds from{}, to{};                    // relative to now
    std::optional<Placed<SignatureAlgorithm>> signature;  // else the usual one of the issuer's key
    std::optional<Bytes> serial;                          // the INTEGER's bytes; else 16 random ones
    int version = 3;                                      // as it is spoken: 3 is encoded as 2
    std::vector<Extension> extensions;
    std::map<Channel, Statement> statements;  // what is said of it, and how; the bytes say where

    [[nodiscard]] bool signs_itself() const { return issuer.value == "self"; }
};

/// Reads a complete tree, with all placeholders filled. Errors: all that is wrong in it.
[[nodiscard]] Result<Recipe> parse_recipe(const yaml::Value& tree);

/// Whether a key of this kind, its issuer's, can make the signature that the recipe asks for.
void check_signature(const Recipe& recipe, Algorithm issuer_key, Problems& problems);

/// Whether those who make the statements on it are its issuer or recipes.
void check_signers(const Recipe& recipe, const std::map<std::string, yaml::Value>& recipes,
                   Problems& problems);

/// `base` with a patch laid over it. What the patch removes with `none` is gone, also where the base never
/// had it.
[[nodiscard]] yaml::Value patched(yaml::Value base, const yaml::Value& patch);

}  // namespace guise::pki
