// A certificate of a plan with the run's texts in their places: what is left is to sign it.
#pragma once

#include "base/problem.hpp"
#include "pki/edits.hpp"
#include "pki/keys.hpp"
#include "pki/plan.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace guise::pki {

/// One certificate with everything filled in. Whoever makes it gives it its key.
struct Ready {
    std::string name;  // of the recipe
    Recipe recipe;
    std::vector<Edit> edits;
    std::map<Channel, std::string> paths;      // of what is published of it
    std::map<Channel, std::string> addresses;  // in its bytes
    yaml::Value tree;                          // what the recipe was read from
    std::string content;                       // of an issuer: as `content_of` has it,
    std::string issuer_content;                // and as `issuer_content_of`
    Key key;
    std::shared_ptr<const PublicKey> public_key;
};

/// Fills in the texts of `setting`, and `run` for {run}. Errors: what does not fit, with its place.
[[nodiscard]] Result<Ready> ready(const PlannedCertificate& planned, const Setting& setting,
                                  const std::string& run);

/// Gives each statement that is fetched a path, which no other chain of the case has, and its address.
/// `chain` is the identity of the request.
void give_addresses(Ready& one, const std::string& chain, const Setting& setting);

/// A digest of all that goes into its bytes but its issuer, the keys and the time.
[[nodiscard]] std::string content_of(const Ready& one);

/// One text for all of it that goes into the bytes of those that it issues, but its key.
[[nodiscard]] std::string issuer_content_of(const Ready& one);

/// Texts side by side, so that no two lists of texts are the same text.
[[nodiscard]] std::string listed(const std::vector<std::string>& texts);

}  // namespace guise::pki
