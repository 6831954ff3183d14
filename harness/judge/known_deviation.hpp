// Known deviations: what a client is known to get wrong, and how. A user's baseline is the same kind of file.
//
//     known: curl
//     entries:
//       - match: {scenario: names/cn-only, mode: strict, check: decision, version: ">=7.80 <8.0"}
//         fails: {verdict: fail, observed: accept}
//         reason: the name in the CN still counts when there is no SAN
//         evidence: guise run --client curl --mode strict --only names/cn-only
//
// An entry excuses one check, and only while it fails in the same way. One that no longer holds fails the
// run.
#pragma once

#include "base/problem.hpp"
#include "base/shared_text.hpp"
#include "judge/verdict.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace guise::judge {

/// One entry.
struct KnownDeviation {
    std::string client;
    std::string scenario;  // a pattern over ids
    std::string mode;      // a pattern
    std::string check;     // a check's name
    std::string version;   // a range of client versions; empty: any
    Verdict verdict = Verdict::fail;
    std::string observed;  // how what was observed begins: `accept`
    std::string reason;
    std::string evidence;  // the command that repeats it, or the issue
    std::optional<std::chrono::sys_days> expires;
    SourcePos where;
};

/// How a case's verdict stands to what is known.
enum class Disposition {
    expected,    // nothing is wrong, or all that is wrong is known
    unexpected,  // something is wrong that no entry knows, or in another way
    fixed        // an entry knows something wrong that is right now
};
constexpr auto words(Disposition) {
    return std::to_array<std::string_view>({"expected", "unexpected", "fixed"});
}

/// How a case stands to what is known of it.
struct Standing {
    Disposition disposition = Disposition::expected;
    SharedText reason;  // of the known deviation that the case shows; empty where it shows none
};

/// Whose known deviations are looked up.
struct KnownSession {
    std::string client;
    std::string version;
    std::string mode;
};

/// Reads one file. `needs_expiry`: a user's baseline, whose entries must say when they end. Errors: all that
/// is wrong.
[[nodiscard]] Result<std::vector<KnownDeviation>> load_known(const std::filesystem::path& file,
                                                             bool needs_expiry);

/// The entries about this client, version and mode that have not expired at `now`.
///
/// Lifetime: they point into `all`.
[[nodiscard]] std::vector<const KnownDeviation*> about(const std::vector<KnownDeviation>& all,
                                                       const KnownSession& session,
                                                       std::chrono::sys_seconds now);

/// Compares the judgement of a case with the entries about its session.
[[nodiscard]] Standing standing_of(const Judgement& judgement, const std::string& scenario,
                                   const std::vector<const KnownDeviation*>& session);

/// Whether `version` lies in a range such as `>=7.80 <8.0`; numbers are compared part by part.
[[nodiscard]] bool in_range(const std::string& version, const std::string& range);

}  // namespace guise::judge
