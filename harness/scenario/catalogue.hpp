// All scenarios of a folder, with their variants, and how they hang together.
#pragma once

#include "scenario/scenario.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace guise::scenario {

/// The catalogue of one run, sorted by id. Immutable after loading.
class Catalogue final {
 public:
    Catalogue() = default;
    explicit Catalogue(std::vector<Scenario> scenarios);

    [[nodiscard]] const std::vector<Scenario>& all() const noexcept { return scenarios_; }
    /// The case with this id, or null.
    [[nodiscard]] const Scenario* find(std::string_view id) const;
    /// The cases whose id, base or area match one of the patterns, and for `@TAG` the first variant of each
    /// file with the tag; all of them where there is no pattern.
    [[nodiscard]] std::vector<const Scenario*> select(const std::vector<std::string>& patterns) const;
    /// A problem for each pattern that matches nothing.
    [[nodiscard]] Problems unmatched(const std::vector<std::string>& patterns) const;
    /// The paired control: the case of the control's file that shares most axes; null for the last control.
    [[nodiscard]] const Scenario* control_of(const Scenario& scenario) const;

 private:
    std::vector<Scenario> scenarios_;
};

/// Reads DIR/AREA/NAME.yaml, all of them. Errors: all that is wrong in any file, a control that does not
/// exist, controls that go in a circle, a part of a combination that does not exist.
[[nodiscard]] Result<Catalogue> load_catalogue(const std::filesystem::path& dir, const pki::Library& library);

}  // namespace guise::scenario
