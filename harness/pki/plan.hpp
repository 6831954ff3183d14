// A chain before it is made: which recipes, changed how, and what will be wrong with it. Needs no keys and no
// clock.
#pragma once

#include "base/problem.hpp"
#include "base/words.hpp"
#include "base/yaml.hpp"
#include "pki/library.hpp"
#include "pki/mint.hpp"
#include "pki/recipe.hpp"

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace guise::pki {

/// One certificate of the path. Its trees have the defects' parameters filled, the run's placeholders not.
struct PlannedCertificate {
    std::string recipe;
    Position position = Position::leaf;
    yaml::Value tree;                // the recipe with all patches on it
    std::vector<yaml::Value> edits;  // lists of `bytes`, in the order of the defects
    Recipe seen{};                   // of a plan: what the tree says, with a sample in each place of the run
};

/// A certificate that is sent and not on the path, and the one that has issued it (itself, where it is a
/// root).
struct PlannedExtra {
    PlannedCertificate certificate;
    PlannedCertificate issuer;
    std::string key;  // of another leaf of the scenario: as it is shown elsewhere; empty: an issuer
};

/// A chain that can be made.
struct Plan {
    HostKind host = HostKind::name;
    std::vector<PlannedCertificate> path;  // leaf to root
    std::vector<PlannedExtra> extras;
    std::vector<std::size_t> sent;  // in this order: places in `path`, and behind its end those in `extras`
    tls::SignatureFault signature = tls::SignatureFault::none;
    tls::Mutation mutation{};
    std::map<Fault, Level> declared;
    std::set<Fault> to_confirm;  // those declared faults that a look at the chain must show as well
    Stage stage = Stage::chain;

    /// The certificate at a place of `sent`.
    [[nodiscard]] const PlannedCertificate& at(std::size_t place) const {
        return place < path.size() ? path[place] : extras.at(place - path.size()).certificate;
    }
};

/// Lays the request's patch and defects over the recipes. Errors: what does not fit, with its place.
[[nodiscard]] Result<Plan> make_plan(const Library& library, const Present& present);

/// Fills in `faults`, `stage` and `computed_missing` of a chain whose certificates were made `age` ago.
void find_faults(const Library& library, const Plan& plan, const std::vector<std::string>& trusted,
                 std::chrono::seconds age, Chain& chain);

}  // namespace guise::pki
