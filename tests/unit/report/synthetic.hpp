// A run that never took place: one case per verdict, one that is known to fail and one that is fixed.
#pragma once

#include "report/record.hpp"

namespace guise::report::synthetic {

/// A case that is as expected and has nothing to tell.
inline CaseRecord make_case(const std::string& scenario, judge::Verdict verdict = judge::Verdict::pass) {
    CaseRecord out;
    out.session = "curl/strict";
    out.id = {scenario, "strict", "curl"};
    out.area = scenario.substr(0, scenario.find('/'));
    out.title = "A title";
    out.severity = "critical";
    out.profile = "tls-client";
    out.client_version = "8.1.2";
    out.judgement.verdict = verdict;
    out.judgement.sentence = "The client accepted.";
    out.lasted = std::chrono::milliseconds(1234);
    return out;
}

/// The same, and unexpected, as it is where something is wrong that is not a known deviation.
inline CaseRecord make_unexpected(const std::string& scenario, judge::Verdict verdict) {
    CaseRecord out = make_case(scenario, verdict);
    out.disposition = judge::Disposition::unexpected;
    return out;
}

inline judge::Check decision(judge::Verdict verdict, std::string expected, std::string observed) {
    judge::Check out;
    out.name = "decision";
    out.verdict = verdict;
    out.expected = std::move(expected);
    out.observed = std::move(observed);
    out.clauses = {"TC-03", "DK-60"};
    return out;
}

inline CaseRecord failed() {
    CaseRecord out = make_unexpected("names/wrong-name", judge::Verdict::fail);
    out.judgement.sentence = "Expected refuse; the client sent the canary.";
    out.judgement.checks = {decision(judge::Verdict::fail, "refuse", "accept: sent the canary")};
    out.repro = "guise run --client curl --mode strict --only 'names/wrong-name'";
    return out;
}

inline CaseRecord known() {
    CaseRecord out = make_case("names/cn-only", judge::Verdict::fail);
    out.id.client = "wget";
    out.judgement.sentence = "Expected refuse; the client sent the canary.";
    out.judgement.checks = {decision(judge::Verdict::fail, "refuse", "accept: sent the canary")};
    out.known = "the name in the CN still counts";
    return out;
}

inline CaseRecord fixed() {
    CaseRecord out = make_case("names/nul-in-san");
    out.id.client = "wget";
    out.disposition = judge::Disposition::fixed;
    out.judgement.sentence = "The client refused with alert bad_certificate (42).";
    return out;
}

inline CaseRecord told(std::string scenario, judge::Verdict verdict, std::string sentence) {
    CaseRecord out = make_case(scenario, verdict);
    out.judgement.sentence = std::move(sentence);
    return out;
}

/// All of it, sorted as in a real run.
inline Results every_verdict() {
    using judge::Verdict;
    Results out;
    out.start.version = "1.2.3";
    out.start.seed = "5eed";
    out.start.now = std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000));
    out.start.clients = {{"curl", "8.1.2", "tls-client", "option", ""},
                         {"gnutls-cli", "", "tls-client", "option", "not installed"},
                         {"wget", "1.21", "tls-client", "nss-wrapper", ""}};
    CaseRecord inconclusive = make_unexpected("signatures/bad-signature", Verdict::inconclusive);
    inconclusive.judgement.sentence = "Refused, but the client did not accept the paired control.";
    CaseRecord error = make_unexpected("trust/private-ca", Verdict::error);
    error.judgement.sentence = "The client could not be started: 'curl' is not in PATH.";
    CaseRecord unchecked = make_case("trust/ca-signed");
    unchecked.id.mode = "disabled";
    out.cases = {
        told("handshake/alert", Verdict::note, "Refused with alert internal_error (80)."),
        told("handshake/pinned", Verdict::not_run, "Not run: profiles that pin are not supported yet."),
        known(),
        fixed(),
        failed(),
        told("names/wildcard", Verdict::not_applicable, "Not applicable: it is about names."),
        std::move(inconclusive),
        std::move(unchecked),
        make_case("trust/ca-signed"),
        std::move(error),
    };
    out.sessions = {{"curl/strict", "curl", "strict", true, false, "the control after it was refused"}};
    out.end.exit = ExitCode::environment;
    out.end.reason = "1 case could not be judged";
    out.end.lasted = std::chrono::milliseconds(5678);
    return out;
}

}  // namespace guise::report::synthetic
