#include "evidence/observe.hpp"

#include "base/bytes.hpp"
#include "evidence/kit.hpp"
#include "pki/base64.hpp"

#include <csignal>

namespace guise::evidence::observe_test {
namespace {

using namespace test;
using Patterns = std::vector<std::string>;
using profile::Final;

constexpr std::uint8_t close_notify = 0, unknown_ca = 48, user_canceled = 90, certificate_expired = 45,
                       no_renegotiation = 100;

Outcome outcome(const Transcript& connection, const Patterns& public_requests = {}) {
    return outcome_of(connection, canary, public_requests);
}
Outcome outcome_with(Transcript connection, std::vector<tls::Alert> alerts) {
    connection.alerts = std::move(alerts);
    return outcome(connection);
}
Outcome sent(const std::string& data, const Patterns& public_requests = {"GET /api/*"}) {
    return outcome(finished(data), public_requests);
}
Observation observed(const VisitEvidence& evidence) { return observe(evidence, {}); }

TEST_CASE("a connection that came and went was no negotiation", "[judge][outcome]") {
    CHECK(outcome(Transcript{}) == Outcome::negotiation_failed);
}

TEST_CASE("a connection that sent something else is no TLS", "[judge][outcome]") {
    CHECK(outcome(plain("GET / HTTP/1.1\r\n\r\n")) == Outcome::not_tls);
}

TEST_CASE("an end before our Certificate is no refusal", "[judge][outcome]") {
    CHECK(outcome(greeted()) == Outcome::negotiation_failed);
    CHECK(outcome(greeted(Ending::client_reset)) == Outcome::negotiation_failed);
    CHECK(outcome_with(greeted(), {alert(70)}) == Outcome::negotiation_failed);
}

TEST_CASE("silence after our Certificate is a stall", "[judge][outcome]") {
    CHECK(outcome(shown(Ending::open)) == Outcome::stalled);
    CHECK(outcome(shown(Ending::deadline)) == Outcome::stalled);
    CHECK(outcome(shown(Ending::server_closed)) == Outcome::stalled);
}

TEST_CASE("a handshake that failed on our side without a word of the client is a stall", "[judge][outcome]") {
    CHECK(outcome(shown(Ending::failed)) == Outcome::stalled);
}

TEST_CASE("a fatal alert after our Certificate is a refusal, however it ended", "[judge][outcome]") {
    const auto ending = GENERATE(Ending::open, Ending::client_closed, Ending::client_reset,
                                 Ending::server_closed, Ending::deadline, Ending::failed);
    CHECK(outcome_with(shown(ending), {alert(unknown_ca)}) == Outcome::refused_alert);
}

TEST_CASE("an alert in clear after the encryption began counts", "[judge][outcome]") {
    CHECK(outcome_with(shown(Ending::failed), {{Direction::received, 2, unknown_ca, true, {}}}) ==
          Outcome::refused_alert);
}

TEST_CASE("our own alert is not the client's", "[judge][outcome]") {
    CHECK(outcome_with(shown(), {alert(unknown_ca, Direction::sent)}) == Outcome::refused_close);
    CHECK(outcome_with(shown(Ending::failed), {alert(unknown_ca, Direction::sent)}) == Outcome::stalled);
}

TEST_CASE("a close or a reset after our Certificate is a refusal", "[judge][outcome]") {
    CHECK(outcome(shown(Ending::client_closed)) == Outcome::refused_close);
    CHECK(outcome(shown(Ending::client_reset)) == Outcome::refused_close);
}

TEST_CASE("who sends nothing to a server that stops has accepted nothing", "[judge][outcome]") {
    CHECK(outcome_of(shown(Ending::server_stopped), canary, {}) == Outcome::refused_close);
    CHECK(outcome_of(greeted(Ending::server_stopped), canary, {}) == Outcome::negotiation_failed);
    const Observation seen = test::seen({shown(Ending::server_stopped)});
    CHECK(seen.decision == Decision::refuse);
    CHECK(seen.sentence == "sent nothing more when the server stopped");
    Transcript in_clear = shown(Ending::server_stopped);
    in_clear.clear = "x" + canary;
    CHECK(outcome_of(in_clear, canary, {}) == Outcome::confidential);
}

TEST_CASE("a client that offers nothing to show the scenario in cannot do it", "[judge][outcome]") {
    Transcript unfit = greeted(Ending::unfit);
    unfit.error = "the client takes no compressed certificate (zlib)";
    const Observation seen = test::seen({unfit});
    CHECK(seen.trouble == Trouble::unsupported);
    CHECK_FALSE(seen.decision);
    CHECK(seen.sentence == "offers no handshake that this could be shown in: " + unfit.error);
}

TEST_CASE("a heartbeat of the client is counted, ours is not", "[judge][observe]") {
    Transcript talking = refused();
    talking.steps = {{Direction::sent, "Heartbeat", 3, {}}, {Direction::received, "Heartbeat", 16'387, {}}};
    CHECK(test::seen({talking}).heartbeats == 1);
    CHECK(test::seen({refused()}).heartbeats == 0);
}

TEST_CASE("close_notify and user_canceled are no fatal alerts", "[judge][outcome]") {
    CHECK(outcome_with(shown(), {alert(close_notify)}) == Outcome::refused_close);
    CHECK(outcome_with(shown(), {alert(user_canceled), alert(close_notify)}) == Outcome::refused_close);
    CHECK(outcome_with(shown(Ending::deadline), {alert(close_notify)}) == Outcome::stalled);
}

TEST_CASE("no_renegotiation is no refusal: the server that received it goes on as well", "[judge][outcome]") {
    CHECK(outcome_with(shown(), {alert(no_renegotiation)}) == Outcome::refused_close);
    CHECK(evidence::fatal_alert(refused(no_renegotiation)) == nullptr);
}

TEST_CASE("a close after Finished without a byte is a late refusal", "[judge][outcome]") {
    CHECK(outcome(finished()) == Outcome::refused_late);
    CHECK(outcome(finished({}, Ending::client_reset)) == Outcome::refused_late);
    CHECK(outcome_with(finished(), {alert(close_notify)}) == Outcome::refused_late);
}

TEST_CASE("an alert after Finished without a byte is a late refusal", "[judge][outcome]") {
    CHECK(outcome_with(finished({}, Ending::deadline), {alert(certificate_expired)}) ==
          Outcome::refused_late);
}

TEST_CASE("Finished and then silence is idle", "[judge][outcome]") {
    CHECK(outcome(finished({}, Ending::deadline)) == Outcome::idle);
    CHECK(outcome(finished({}, Ending::open)) == Outcome::idle);
}

TEST_CASE("bytes after Finished are data, whatever alert follows", "[judge][outcome]") {
    CHECK(sent("hello") == Outcome::data);
    CHECK(outcome_with(finished("hello"), {alert(unknown_ca)}) == Outcome::data);
}

TEST_CASE("the canary after Finished is confidential", "[judge][outcome]") {
    CHECK(sent("GET /api/x HTTP/1.1\r\nAuthorization: Bearer " + canary + "\r\n\r\n") ==
          Outcome::confidential);
}

TEST_CASE("the canary in clear is confidential", "[judge][outcome]") {
    CHECK(outcome(plain("GET /?" + canary + " HTTP/1.1\r\n\r\n")) == Outcome::confidential);
}

TEST_CASE("the canary in base64 is confidential", "[judge][outcome]") {
    const std::string credentials = pki::to_base64(as_bytes("guise:" + canary));
    CHECK(sent("GET / HTTP/1.1\r\nAuthorization: Basic " + credentials + "\r\n\r\n") ==
          Outcome::confidential);
    CHECK(outcome(plain("AUTH PLAIN " + credentials + "\r\n")) == Outcome::confidential);
    CHECK(observed(visit({plain("AUTH PLAIN " + credentials + "\r\n")})).canary_in_clear);
}

TEST_CASE("a proof of the canary is confidential, in clear too", "[judge][outcome]") {
    Transcript connection = finished("GET /login HTTP/1.1\r\nAuthorization: Digest x\r\n\r\n");
    connection.speaks_tls = true;
    connection.secret_proven = true;
    CHECK(outcome(connection) == Outcome::confidential);
    CHECK_FALSE(observed(visit({connection})).canary_in_clear);
    connection = plain("GET /login HTTP/1.1\r\nAuthorization: Digest x\r\n\r\n");
    connection.secret_proven = true;
    CHECK(outcome(connection) == Outcome::confidential);
    CHECK(observed(visit({connection})).canary_in_clear);
}

TEST_CASE("a part of the canary that cannot be chance is confidential", "[judge][outcome]") {
    CHECK(sent(canary.substr(1)) == Outcome::confidential);
    CHECK(sent("canary-0123456") == Outcome::data);
}

TEST_CASE("the form of the canary, and its place, are told where they are unusual", "[judge][outcome]") {
    CHECK(seen({finished(to_hex(as_bytes(canary)))}).sentence ==
          "accepted and sent the canary in hexadecimal digits");
    CHECK(seen({finished(pki::to_base64(as_bytes(canary)))}).sentence == "accepted and sent the canary");
    tls::Transcript telling = refused();
    telling.hello_secret = "as it is";
    const Observation read = seen({telling});
    CHECK(read.canary_in_clear);
    CHECK(read.decision == Decision::refuse);
    CHECK(read.sentence ==
          "refused in the handshake with alert unknown_ca (48), and sent the canary in clear, in its "
          "ClientHello");
    telling.hello_secret = "as its MD5";
    CHECK_THAT(seen({telling}).sentence, Catch::EndsWith("in clear, as its MD5, in its ClientHello"));
}

TEST_CASE("a visit without a canary is not confidential", "[judge][outcome]") {
    CHECK(outcome_of(finished("hello"), "", {}) == Outcome::data);
    CHECK(outcome_of(shown(), "", {}) == Outcome::refused_close);
}

TEST_CASE("a listed request is public, its query and headers left out", "[judge][outcome]") {
    CHECK(sent("GET /api/info HTTP/1.1\r\n\r\n") == Outcome::public_request);
    CHECK(sent("GET /api/info?x=/y HTTP/1.1\r\nHost: a\r\n\r\n") == Outcome::public_request);
}

TEST_CASE("several public requests in a row are public", "[judge][outcome]") {
    CHECK(sent("GET /api/a HTTP/1.1\r\n\r\nGET /api/b HTTP/1.1\r\nHost: a\r\n\r\n") ==
          Outcome::public_request);
}

TEST_CASE("one request that is not listed makes it data", "[judge][outcome]") {
    CHECK(sent("GET /api/a HTTP/1.1\r\n\r\nGET /login HTTP/1.1\r\n\r\n") == Outcome::data);
    CHECK(sent("GET /login?/api/ HTTP/1.1\r\n\r\n") == Outcome::data);
}

TEST_CASE("another method makes it data", "[judge][outcome]") {
    CHECK(sent("POST /api/a HTTP/1.1\r\n\r\n") == Outcome::data);
}

TEST_CASE("a public request with a body is data", "[judge][outcome]") {
    CHECK(sent("GET /api/a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello") == Outcome::data);
}

TEST_CASE("half a public request is data", "[judge][outcome]") {
    CHECK(sent("GET /api/a HTTP/1.1\r\nHost: a\r\n") == Outcome::data);
    CHECK(sent("GET\r\n\r\n") == Outcome::data);
}

TEST_CASE("a public request that was not kept whole is data", "[judge][outcome]") {
    Transcript connection = finished("GET /api/a HTTP/1.1\r\n\r\n");
    connection.application_bytes += 1;
    CHECK(outcome(connection, {"GET /api/*"}) == Outcome::data);
}

TEST_CASE("no request is public where the profile lists none", "[judge][outcome]") {
    CHECK(sent("GET /api/a HTTP/1.1\r\n\r\n", {}) == Outcome::data);
}

TEST_CASE("of several fatal alerts the last is the client's", "[judge][outcome]") {
    Transcript connection = shown();
    connection.alerts = {alert(unknown_ca), alert(certificate_expired), alert(40, Direction::sent),
                         alert(close_notify)};
    REQUIRE(fatal_alert(connection) != nullptr);
    CHECK(fatal_alert(connection)->description == certificate_expired);
    CHECK(fatal_alert(shown()) == nullptr);
}

TEST_CASE("nobody came: nothing is decided", "[judge][observe]") {
    const Observation read = seen({});
    CHECK(read.outcome == Outcome::no_connection);
    CHECK_FALSE(read.decision.has_value());
    CHECK(read.connections == 0);
    CHECK(read.trouble == Trouble::none);
    CHECK(read.sentence == "never connected");
}

TEST_CASE("a client that failed before it came is told with what it said", "[judge][observe]") {
    VisitEvidence evidence;
    evidence.client.process.exit_code = 2;
    CHECK(observed(evidence).sentence == "never connected (exit 2)");
    evidence.client.process.errors = "curl: option --nosuch: is unknown\r\ncurl: try --help\n";
    CHECK(observed(evidence).sentence == "never connected (exit 2: curl: option --nosuch: is unknown)");
    evidence.client.process.exit_code.reset();
    evidence.client.process.signal = 11;
    CHECK_THAT(observed(evidence).sentence, Catch::StartsWith("never connected (signal 11: curl"));
    evidence.client.process.killed = true;  // at its deadline
    CHECK_THAT(observed(evidence).sentence, !Catch::Contains("signal"));
}

TEST_CASE("a refusal with an alert is told with its name and number", "[judge][observe]") {
    const Observation read = seen({refused(unknown_ca)});
    CHECK(read.decision == Decision::refuse);
    REQUIRE(read.alert.has_value());
    CHECK(read.alert->description == unknown_ca);
    CHECK(read.sentence == "refused in the handshake with alert unknown_ca (48)");
}

TEST_CASE("a refusal by closing is told as that", "[judge][observe]") {
    const Observation read = seen({shown()});
    CHECK(read.decision == Decision::refuse);
    CHECK_FALSE(read.alert.has_value());
    CHECK(read.sentence == "refused in the handshake by closing, without an alert");
}

TEST_CASE("a late refusal is told as late", "[judge][observe]") {
    CHECK(seen({finished()}).decision == Decision::refuse);
    CHECK(seen({finished()}).sentence == "refused after the handshake by closing, without an alert");
    Transcript late = finished();
    late.alerts = {alert(certificate_expired)};
    CHECK(seen({late}).sentence == "refused after the handshake with alert certificate_expired (45)");
}

TEST_CASE("data and the canary are accepted", "[judge][observe]") {
    CHECK(seen({finished("hello")}).decision == Decision::accept);
    CHECK(seen({finished("hello")}).sentence == "accepted and sent data");
    CHECK(seen({finished(canary)}).decision == Decision::accept);
    CHECK(seen({finished(canary)}).sentence == "accepted and sent the canary");
    Transcript older = finished(canary);
    older.visit = 2;
    CHECK(seen({older}).sentence == "accepted and sent the canary over the connection of visit 2");
    CHECK(seen({older}).carried_from == 2);
    CHECK(seen({refused(), older}).carried_from == 2);
    CHECK_FALSE(seen({refused(), older}).also_new);
    for (const auto& both : {seen({older, finished(canary)}), seen({finished(canary), older})}) {
        CHECK(both.carried_from == 2);
        CHECK(both.also_new);
    }
    older.application = "hello";
    older.application_bytes = 5;
    CHECK(seen({older, finished(canary)}).carried_from == 0);
    CHECK_FALSE(seen({finished(canary)}).canary_in_clear);
}

TEST_CASE("the canary in clear is told as that", "[judge][observe]") {
    const Observation read = seen({plain(canary)});
    CHECK(read.decision == Decision::accept);
    CHECK(read.canary_in_clear);
    CHECK(read.sentence == "sent the canary in clear");
}

TEST_CASE("what shows neither acceptance nor refusal decides nothing", "[judge][observe]") {
    CHECK_FALSE(seen({plain("hello")}).decision.has_value());
    CHECK(seen({plain("hello")}).sentence == "did not speak TLS");
    CHECK_FALSE(seen({greeted()}).decision.has_value());
    CHECK(seen({greeted()}).sentence == "ended before it had seen the certificate");
    CHECK_FALSE(seen({shown(Ending::deadline)}).decision.has_value());
    CHECK(seen({shown(Ending::deadline)}).sentence ==
          "saw the certificate and then neither went on nor ended");
    CHECK_FALSE(seen({finished({}, Ending::deadline)}).decision.has_value());
    CHECK(seen({finished({}, Ending::deadline)}).sentence == "finished the handshake and then said nothing");
}

const Patterns listed{"GET /a"};
Transcript greeting(Ending ending = Ending::client_closed) {
    return finished("GET /a HTTP/1.1\r\n\r\n", ending);
}

TEST_CASE("public requests alone, and then the end, are a refusal", "[judge][observe]") {
    const Observation read = observe(visit({greeting()}), listed);
    CHECK(read.outcome == Outcome::public_request);
    CHECK(read.decision == Decision::refuse);
    CHECK(read.final == Final::refused);
    CHECK(read.sentence == "sent nothing but public requests, and ended");
    CHECK(observe(visit({greeting(), refused()}), listed).final == Final::refused);
}

TEST_CASE("a connection in plain text does not unsay a refusal, whoever ends it", "[judge][observe]") {
    Transcript retry = plain("POST /login HTTP/1.1\r\n\r\n" + canary);
    retry.ending = Ending::server_closed;
    const Observation read = observe(visit({greeting(), retry}), listed);
    CHECK(read.final == Final::refused);
    CHECK(read.canary_in_clear);
}

TEST_CASE("public requests decide nothing where it was not the client that ended", "[judge][observe]") {
    CHECK_FALSE(observe(visit({greeting(Ending::deadline)}), listed).decision.has_value());
    CHECK_FALSE(observe(visit({greeting(Ending::server_closed)}), listed).final.has_value());
    VisitEvidence evidence = visit({greeting()});
    evidence.client.process.killed = true;
    const Observation read = observe(evidence, listed);
    CHECK_FALSE(read.decision.has_value());
    CHECK(read.sentence == "sent nothing but public requests, but the harness had to end the client");
}

TEST_CASE("how a client ended is read beside what it decided", "[judge][observe]") {
    CHECK(seen({finished("hello")}).final == Final::accepted);
    CHECK(seen({refused()}).final == Final::refused);
    CHECK_FALSE(seen({shown(Ending::deadline)}).final.has_value());
}

TEST_CASE("a client that asks has decided to ask, and ends as its user says", "[judge][question]") {
    Observation read = seen_asking({finished(canary)}, "ask", "connect");
    CHECK(read.decision == Decision::ask);
    CHECK(read.final == Final::accepted);
    CHECK(read.answer == scenario::Answer::connect);
    CHECK(read.sentence == "asked its user, was answered 'connect', and accepted and sent the canary");
    CHECK(seen_asking({finished(canary)}, "ask", "once").final == Final::accepted_once);
    read = seen_asking({shown()}, "warn", "decline");
    CHECK(read.decision == Decision::warn);
    CHECK(read.final == Final::refused);
    CHECK(read.sentence ==
          "warned its user, was answered 'decline', and refused in the handshake by closing, "
          "without an alert");
}

TEST_CASE("the wire says whether the answer was obeyed", "[judge][question]") {
    CHECK(seen_asking({finished(canary)}, "ask", "decline").final == Final::accepted);
    CHECK(seen_asking({finished(canary)}, "ask", "ignore").final == Final::accepted);
    CHECK(seen_asking({shown()}, "ask", "connect").final == Final::refused);
    CHECK_FALSE(seen_asking({shown(Ending::deadline)}, "ask", "decline").final.has_value());
}

TEST_CASE("one warning among the questions makes them one, and the last answer counts", "[judge][question]") {
    const Observation read =
        observe(asked({shown()}, {question("warn", "connect"), question("ask", "decline")}), {});
    CHECK(read.decision == Decision::warn);
    CHECK(read.answer == scenario::Answer::decline);
}

TEST_CASE("a message is no question", "[judge][question]") {
    const Observation read = seen_asking({refused()}, "error", "");
    CHECK(read.decision == Decision::refuse);
    CHECK_FALSE(read.answer.has_value());
    CHECK(read.prompts.size() == 1);
}

VisitEvidence left_alone(std::vector<Transcript> connections) {
    VisitEvidence out = asked(std::move(connections), {question("ask", "ignore")});
    out.client.process.exit_code.reset();
    out.client.process.signal = SIGKILL;
    return out;
}

TEST_CASE("a question that is left open is held, not a crash", "[judge][question]") {
    const Observation read = observed(left_alone({shown()}));
    CHECK(read.decision == Decision::ask);
    CHECK(read.final == Final::held);
    CHECK(read.outcome == Outcome::stalled);
    CHECK(read.sentence == "asked its user, got no answer, and did not go on");
    CHECK(observed(left_alone({shown(Ending::deadline)})).final == Final::held);
    CHECK(observe(left_alone({greeting()}), listed).sentence ==
          "asked its user, got no answer, and sent nothing but public requests");
}

TEST_CASE("a client that dies over an open question holds nothing", "[judge][question]") {
    VisitEvidence evidence = left_alone({shown()});
    evidence.client.process.signal = SIGSEGV;
    CHECK_FALSE(observed(evidence).final.has_value());
    CHECK_THAT(observed(evidence).sentence, Catch::Contains("died of signal 11"));
}

TEST_CASE("an open question without a connection holds nothing", "[judge][question]") {
    CHECK_FALSE(observed(left_alone({})).final.has_value());
}

TEST_CASE("whether questions and events would have been seen is told", "[judge][observe]") {
    VisitEvidence evidence = visit({refused()});
    CHECK_FALSE(observed(evidence).reports_prompts);
    CHECK_FALSE(observed(evidence).reports_events);
    evidence.client.reports_events = evidence.client.reports_prompts = true;
    CHECK(observed(evidence).reports_prompts);
    CHECK(observed(evidence).reports_events);
}

TEST_CASE("a client that met the other certificate had gone on with the first", "[judge][observe]") {
    VisitEvidence evidence = visit({greeting(), refused()});
    evidence.swapped = "swapped";
    CHECK(observe(evidence, listed).decision == Decision::refuse);
    CHECK_FALSE(observe(evidence, listed).met_swap);
    evidence.connections[1].presented = "swapped";
    CHECK(observe(evidence, listed).met_swap);
    CHECK(observe(evidence, listed).decision == Decision::accept);
    CHECK(observe(evidence, listed).final == Final::refused);
    evidence.connections[1].certificate_sent = false;
    CHECK_FALSE(observe(evidence, listed).met_swap);
}

TEST_CASE("what the first of several connections carried is not judged where it was shown another chain",
          "[judge][observe]") {
    VisitEvidence evidence = visit({finished(canary), refused()});
    evidence.connections[0].presented = "known";
    evidence.connections[1].presented = "changed";
    CHECK(observe(evidence, listed).final == Final::accepted);
    evidence.first = "known";
    CHECK(observe(evidence, listed).final == Final::refused);
    evidence.connections[0].presented = "changed";
    CHECK(observe(evidence, listed).final == Final::accepted);
}

TEST_CASE("the exit code neither makes nor unmakes a decision", "[judge][observe]") {
    CHECK(observed(visit({finished("hello")}, 1)).decision == Decision::accept);
    CHECK(observed(visit({refused()}, 0)).decision == Decision::refuse);
    CHECK(observed(visit({refused()}, 60)).decision == Decision::refuse);
    CHECK_FALSE(observed(visit({}, 60)).decision.has_value());
}

TEST_CASE("of several connections the one that went furthest counts", "[judge][observe]") {
    const Observation read = seen({refused(), finished("hello"), greeted()});
    CHECK(read.outcome == Outcome::data);
    CHECK(read.decision == Decision::accept);
    CHECK(read.connections == 3);
    CHECK_FALSE(read.alert.has_value());
}

TEST_CASE("of several refusals the last tells the alert", "[judge][observe]") {
    CHECK(seen({refused(unknown_ca), refused(certificate_expired)}).alert->description ==
          certificate_expired);
}

TEST_CASE("what comes in plain text beside TLS is told, and does not make the decision", "[judge][observe]") {
    Observation read = seen({refused(), plain("GET / HTTP/1.1\r\n\r\n")});
    CHECK(read.plain_text);
    CHECK(read.decision == Decision::refuse);
    CHECK_FALSE(read.canary_in_clear);
    read = seen({refused(), plain("Authorization: " + canary)});
    CHECK(read.canary_in_clear);
    CHECK(read.outcome == Outcome::refused_alert);
    CHECK(read.decision == Decision::refuse);
    CHECK(read.sentence ==
          "refused in the handshake with alert unknown_ca (48), and sent the canary in clear");
    CHECK_FALSE(seen({refused()}).plain_text);
}

TEST_CASE("a canary in clear is seen beside one in TLS", "[judge][observe]") {
    CHECK(seen({plain(canary), finished(canary)}).canary_in_clear);
    CHECK(seen({finished(canary), plain(canary)}).canary_in_clear);
}

TEST_CASE("without a canary nothing is in clear", "[judge][observe]") {
    VisitEvidence evidence = visit({plain("hello")});
    evidence.canary.clear();
    CHECK_FALSE(observed(evidence).canary_in_clear);
}

TEST_CASE("a close by a death is no refusal", "[judge][observe]") {
    VisitEvidence evidence = visit({shown()});
    evidence.client.process.exit_code.reset();
    evidence.client.process.signal = SIGSEGV;
    const Observation read = observed(evidence);
    CHECK(read.outcome == Outcome::refused_close);
    CHECK_FALSE(read.decision.has_value());
    CHECK(read.sentence ==
          "was cut off in the handshake, without an alert, but the client died of signal 11 "
          "(Segmentation fault)");
}

TEST_CASE("a close by the harness's kill is no refusal", "[judge][observe]") {
    VisitEvidence evidence = visit({shown()});
    evidence.client.process.exit_code.reset();
    evidence.client.process.signal = SIGKILL;
    evidence.client.process.killed = true;
    const Observation read = observed(evidence);
    CHECK_FALSE(read.decision.has_value());
    CHECK(read.outcome == Outcome::stalled);
    CHECK_THAT(read.sentence, Catch::EndsWith(", but the harness had to end the client"));
}

TEST_CASE("a client that finished and was then killed was idle", "[judge][observe]") {
    VisitEvidence evidence = visit({finished()});
    evidence.client.process.exit_code.reset();
    evidence.client.process.signal = SIGKILL;
    evidence.client.process.killed = true;
    CHECK(observed(evidence).outcome == Outcome::idle);
    CHECK_FALSE(observed(evidence).decision.has_value());
}

VisitEvidence alerted() {
    tls::Transcript refused = shown();
    refused.alerts = {{tls::Direction::received, 2, 48, true, {}}};
    return visit({refused});
}

TEST_CASE("who hangs after an alert until it is ended has not refused", "[judge][observe]") {
    VisitEvidence evidence = alerted();
    evidence.client.process.exit_code.reset();
    evidence.client.process.signal = SIGKILL;
    evidence.client.process.killed = true;
    const Observation read = observed(evidence);
    CHECK(read.outcome == Outcome::refused_alert);
    CHECK_FALSE(read.decision.has_value());
    CHECK_FALSE(read.died_of.has_value());
    CHECK_THAT(read.sentence, Catch::EndsWith(", but the harness had to end the client"));
}

TEST_CASE("who hangs after an alert until its own deadline has not refused", "[judge][observe]") {
    VisitEvidence evidence = alerted();
    evidence.client.process.lasted = 5000ms;
    CHECK_FALSE(observed(evidence).decision.has_value());
    evidence.client.process.lasted = 4999ms;
    CHECK(observed(evidence).decision == Decision::refuse);
}

TEST_CASE("who dies of a signal after it saw the certificate is told with the signal", "[judge][observe]") {
    VisitEvidence evidence = alerted();
    evidence.client.process.exit_code.reset();
    evidence.client.process.signal = SIGABRT;
    CHECK_FALSE(observed(evidence).decision.has_value());
    CHECK(observed(evidence).died_of == SIGABRT);
    CHECK(signal_name(SIGABRT) == "Aborted");
    CHECK(signal_name(1000) == "signal 1000");
    evidence.connections = {finished("hello")};
    CHECK(observed(evidence).decision == Decision::accept);
    CHECK(observed(evidence).died_of == SIGABRT);
    evidence.connections.front().certificate_sent = false;
    CHECK_FALSE(observed(evidence).died_of.has_value());
}

TEST_CASE("a client that is ended over an open question died of nothing", "[judge][observe]") {
    CHECK_FALSE(observed(left_alone({shown()})).died_of.has_value());
    VisitEvidence evidence = left_alone({shown()});
    evidence.client.process.signal = SIGSEGV;
    CHECK(observed(evidence).died_of == SIGSEGV);
}

TEST_CASE("a close at the client's own deadline is no refusal", "[judge][observe]") {
    VisitEvidence evidence = visit({shown()});
    evidence.client.process.lasted = 5000ms;
    CHECK_FALSE(observed(evidence).decision.has_value());
    CHECK_THAT(observed(evidence).sentence,
               Catch::EndsWith(", but the client gave up at its own deadline of 5 s"));
    evidence.client.process.lasted = 4999ms;
    CHECK(observed(evidence).decision == Decision::refuse);
}

TEST_CASE("a client without a deadline of its own has all the time", "[judge][observe]") {
    VisitEvidence evidence = visit({shown()});
    evidence.client_deadline = 0s;
    evidence.client.process.lasted = 60s;
    CHECK(observed(evidence).decision == Decision::refuse);
}

TEST_CASE("an acceptance is one, however the client then ended", "[judge][observe]") {
    VisitEvidence evidence = visit({finished("hello")});
    evidence.client.process.exit_code.reset();
    evidence.client.process.signal = SIGKILL;
    evidence.client.process.killed = true;
    evidence.client.process.lasted = 60s;
    CHECK(observed(evidence).decision == Decision::accept);
    CHECK(observed(evidence).sentence == "accepted and sent data");
}

TEST_CASE("a client that could not be started is the environment's fault", "[judge][observe]") {
    VisitEvidence evidence = visit({});
    evidence.client.process.exit_code.reset();
    evidence.client.process.start_error = "No such file or directory";
    const Observation read = observed(evidence);
    CHECK(read.trouble == Trouble::environment);
    CHECK_FALSE(read.decision.has_value());
    CHECK(read.sentence == "could not be started: No such file or directory");
}

TEST_CASE("exit 126 and 127 without a connection are the environment's fault", "[judge][observe]") {
    const int code = GENERATE(126, 127);
    VisitEvidence evidence = visit({}, code);
    evidence.client.process.errors = "sh: demo: not found\nmore\n";
    const Observation read = observed(evidence);
    CHECK(read.trouble == Trouble::environment);
    CHECK(read.sentence ==
          "is misconfigured: exit " + std::to_string(code) + " without a connection: sh: demo: not found");
}

TEST_CASE("exit 126 and 127 after a connection are the client's own", "[judge][observe]") {
    const int code = GENERATE(126, 127);
    const Observation read = observed(visit({refused()}, code));
    CHECK(read.trouble == Trouble::none);
    CHECK(read.decision == Decision::refuse);
}

TEST_CASE("exit 89 of a command line written for us means unsupported", "[judge][observe]") {
    VisitEvidence evidence = visit({}, 89);
    evidence.adapter = true;
    CHECK(observed(evidence).trouble == Trouble::unsupported);
    CHECK(observed(evidence).sentence == "says that it cannot do this (exit 89)");
}

TEST_CASE("exit 89 of any other client means nothing", "[judge][observe]") {
    CHECK(observed(visit({}, 89)).trouble == Trouble::none);
    CHECK(observed(visit({refused()}, 89)).decision == Decision::refuse);
}

TEST_CASE("numbers that look like signals are exit codes", "[judge][observe]") {
    const int code = GENERATE(137, 139, 143);
    CHECK(observed(visit({shown()}, code)).decision == Decision::refuse);
}

TEST_CASE("an adapter at fault is the environment's fault", "[judge][observe]") {
    VisitEvidence evidence = visit({refused()});
    evidence.client.adapter_error = "no JSON: 'hello'";
    CHECK(observed(evidence).trouble == Trouble::environment);
    CHECK(observed(evidence).sentence == "has an adapter at fault: no JSON: 'hello'");
    evidence.client.process.killed = true;  // which is no news of a client that is at fault
    CHECK(observed(evidence).sentence == "has an adapter at fault: no JSON: 'hello'");
}

TEST_CASE("a capability that an adapter lacks is unsupported, before all else", "[judge][observe]") {
    VisitEvidence evidence = visit({});
    evidence.client.unsupported = "prompts";
    evidence.client.adapter_error = "late";
    CHECK(observed(evidence).trouble == Trouble::unsupported);
    CHECK(observed(evidence).sentence == "says that it cannot do this: prompts");
}

TEST_CASE("a client asks for a staple in its ClientHello, and for the rest by fetching it",
          "[judge][observe]") {
    using pki::Channel, pki::Position, pki::Topic;
    VisitEvidence evidence = visit({finished(canary), refused()});
    CHECK(observed(evidence).asked.empty());
    evidence.connections[1].hello->extensions = {0, 5};
    evidence.fetched = {{{Channel::crl, Position::intermediate}, "x.crl", {}}};
    CHECK(observed(evidence).asked ==
          std::set<Topic>{{Channel::staple, Position::leaf}, {Channel::crl, Position::intermediate}});
}

TEST_CASE("the canary beside the connections is one in clear", "[observe]") {
    VisitEvidence evidence = visit({refused()});
    evidence.asides = {{"in a request to its proxy", "as it is"}, {"in an event", "in base32"}};
    const Observation seen = observed(evidence);
    CHECK(seen.canary_in_clear);
    CHECK(seen.decision == Decision::refuse);
    CHECK_THAT(seen.sentence, Catch::EndsWith("and sent the canary in clear, in a request to its proxy"));
    evidence.asides = {{"in an event", "in base32"}};
    CHECK_THAT(observed(evidence).sentence,
               Catch::EndsWith("and sent the canary in clear, in base32, in an event"));
}

TEST_CASE("a client that may remember another case shows no decision", "[observe]") {
    VisitEvidence evidence = visit({finished(canary)});
    CHECK(observed(evidence).trouble == Trouble::none);
    evidence.client.outside = "/srv/.demo/known";
    const Observation seen = observed(evidence);
    CHECK(seen.trouble == Trouble::none);
    CHECK_FALSE((seen.decision || seen.final));
    CHECK(seen.sentence ==
          "accepted and sent the canary, and may have written outside of its home: /srv/.demo/known");
}

}  // namespace
}  // namespace guise::evidence::observe_test
