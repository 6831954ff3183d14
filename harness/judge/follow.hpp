// Follows a client through a case: which memories explain what it did, and what they cost.
#pragma once

#include "evidence/observe.hpp"
#include "judge/pin_choices.hpp"
#include "judge/verdict.hpp"
#include "judge/visit_checks.hpp"
#include "profile/step.hpp"

#include <vector>

namespace guise::judge {

/// One explanation of all that was seen so far.
struct Explanation {
    profile::Possible state;    // what the client remembers if this is how it was
    std::vector<Check> checks;  // what was judged on the way
    PinChoices choices = {};    // that it would have made
};

/// Where several decisions are right, or a should may have been missed, the client's memory is not known: all
/// memories that explain the evidence are kept, and the cheapest is the verdict.
///
/// Lifetime: keeps references to the parts of the subject, but its scenario, and to `facts`.
class Follower final {
 public:
    Follower(const profile::Subject& subject, profile::FactsSource& facts);
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;

    /// A visit that is no connection. The user's acts change what can be remembered.
    void act(int number);
    /// A visit that is one. False: nothing explains it, or the evidence does not say what the client did;
    /// the checks say which, and what the client remembers by now is not known. What went over a connection
    /// of an earlier visit is judged by the chain that was shown there, as if it was shown now.
    bool connect(int number, const evidence::Observation& seen);

    /// The checks of the cheapest explanation.
    [[nodiscard]] const std::vector<Check>& checks() const { return explanations_.front().checks; }
    /// The choices that the client must have made: each of the cheapest explanations has them. None where not
    /// all explanations could be kept.
    [[nodiscard]] PinChoices choices() const;

 private:
    bool live_on(int number, int opened_in);
    [[nodiscard]] scenario::Connect& visit(int number);
    void leave_out_unasked(pki::Present& present, const evidence::Observation& seen) const;
    [[nodiscard]] Standpoint standpoint(int number, const Explanation& one) const;
    [[nodiscard]] std::vector<Standpoint> cheapest_standpoints(int number) const;
    [[nodiscard]] std::vector<Explanation> explained(int number, const evidence::Observation& seen) const;
    bool stop(const std::vector<Check>& checks);
    void keep(std::vector<Explanation> found);

    scenario::Scenario scenario_;  // as it went: with the answers that the client let its user give
    profile::Subject subject_;
    profile::FactsSource& facts_;
    std::vector<Explanation> explanations_;  // the cheapest first; never empty
    bool all_kept_ = true;                   // there were never too many of them
};

}  // namespace guise::judge
