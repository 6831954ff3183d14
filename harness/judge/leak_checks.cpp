#include "judge/leak_checks.hpp"

#include <algorithm>

namespace guise::judge {

namespace {

using profile::Alternative;
using profile::Final;

bool stays(Final final) { return final == Final::refused || final == Final::held; }

// Whatever the client decides, its secret is not to leave it outside of TLS: so this is made in any visit.
void add_canary(const Explained& visit, bool arrived, std::vector<Check>& out) {
    const profile::Clauses clauses = clauses_of(visit, "canary");
    if (clauses.empty()) return;
    std::string observed = visit.seen.canary_in_clear ? "the canary arrived in clear"
                           : arrived                  ? "the canary arrived"
                                                      : "nothing confidential arrived";
    if (arrived && !visit.seen.canary_how.empty()) observed += ", " + visit.seen.canary_how;
    out.push_back(check_of(visit, "canary", {!arrived, "nothing confidential sent", observed}, clauses));
}

// The client may show who it is, and that it has the key, only to a server that it has accepted.
void add_identity(const Explained& visit, std::vector<Check>& out) {
    if (!visit.seen.gave_identity) return;
    profile::Clauses clauses = clauses_of(visit, "canary");
    if (clauses.empty()) return;
    out.push_back(check_of(visit, "client-certificate",
                           {false, "no certificate of the client's for a server that it does not accept",
                            "the client's certificate"},
                           std::move(clauses)));
}

void add_plain_text(const Explained& visit, std::vector<Check>& out) {
    add_check(visit, "plain-text",
              {!visit.seen.plain_text, "no attempt in plain text",
               visit.seen.plain_text ? "the client came in plain text too" : "none"},
              out);
}

bool keeps_secret(const Alternative& way) {
    const auto& checks = way.cited.checks;
    return stays(way.final) || std::find(checks.begin(), checks.end(), "canary") != checks.end();
}

}  // namespace

void add_leak_checks(const Explained& visit, std::vector<Check>& out) {
    const evidence::Observation& seen = visit.seen;
    if (stays(*seen.final) || seen.canary_in_clear) add_canary(visit, seen.canary_in_clear, out);
    if (stays(*seen.final)) add_identity(visit, out);
    if (stays(*seen.final))
        add_check(visit, "declined", {true, "no connection after the answer", "none"}, out);
    add_plain_text(visit, out);
}

void add_found_leaks(const Explained& visit, const std::vector<Standpoint>& standpoints,
                     std::vector<Check>& out) {
    const bool kept = std::all_of(standpoints.begin(), standpoints.end(), [](const Standpoint& from) {
        return std::all_of(from.due.begin(), from.due.end(), keeps_secret);
    });
    const bool arrived = visit.seen.outcome == evidence::Outcome::confidential;
    if (visit.seen.canary_in_clear || (arrived && kept)) add_canary(visit, true, out);
    if (visit.seen.plain_text) add_plain_text(visit, out);
}

}  // namespace guise::judge
