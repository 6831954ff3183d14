#include "judge/event_checks.hpp"

#include "judge/kit.hpp"

namespace guise::judge::event_checks_test {
namespace {

using namespace test;
using evidence::EventRecord;

EventRecord event(std::string server = "a.test:4433", std::vector<std::string> faults = {}) {
    return {"bad-certificate", std::move(server), std::move(faults), "adapter", {}};
}

std::vector<Check> checked(const std::string& present, Decision decision, std::vector<EventRecord> events,
                           bool reports = true, const std::string& more = {}) {
    VisitEvidence evidence = visit({decision == Decision::accept ? finished(canary) : refused()});
    evidence.client.events = std::move(events);
    evidence.client.reports_events = reports;
    evidence.presented.emplace();
    evidence.presented->host = "a.test";
    evidence.presented->port = 4433;
    const Met met{Story(shows(present, more)), decision, observe(evidence, {})};
    std::vector<Check> out;
    add_event_checks(met.explained(), out);
    return out;
}
std::vector<Check> refusing(std::vector<EventRecord> events, const std::string& more = {}) {
    return checked(expired, Decision::refuse, std::move(events), true, more);
}

TEST_CASE("an event that is owed must have come", "[judge][event]") {
    CHECK(made(refusing({event()}), "event-fired").verdict == Verdict::pass);
    CHECK(made(refusing({event()}), "event-once").verdict == Verdict::pass);
    const auto none = refusing({});
    CHECK(made(none, "event-fired").verdict == Verdict::fail);
    CHECK(made(none, "event-fired").observed == "no event");
    CHECK_FALSE(find(none, "event-once"));
}

TEST_CASE("an event of another name is not the one", "[judge][event]") {
    EventRecord other = event();
    other.name = "started";
    CHECK(made(refusing({other}), "event-fired").verdict == Verdict::fail);
    CHECK(made(checked(trusted, Decision::accept, {other}), "event-absent").verdict == Verdict::pass);
}

TEST_CASE("an event's name counts in every spelling", "[judge][event]") {
    EventRecord spelled = event();
    spelled.name = GENERATE("Bad Certificate", "bad_certificate", "BadCertificate", "BAD-CERTIFICATE");
    CHECK(made(refusing({spelled}), "event-fired").verdict == Verdict::pass);
}

TEST_CASE("an event of a fault that may be overlooked is a should", "[judge][event]") {
    const Check check = made(checked(old_root, Decision::refuse, {}), "event-fired");
    CHECK(check.verdict == Verdict::note);
    CHECK(check.level == Level::should);
    CHECK(made(checked(old_root, Decision::refuse, {event()}), "event-fired").verdict == Verdict::pass);
}

TEST_CASE("an event without a name is the one that was asked for", "[judge][event]") {
    EventRecord bare = event();
    bare.name.clear();
    CHECK(made(refusing({bare}), "event-fired").verdict == Verdict::pass);
}

TEST_CASE("an event that must not come is missed where it does", "[judge][event]") {
    CHECK(made(checked(trusted, Decision::accept, {}), "event-absent").verdict == Verdict::pass);
    const Check check = made(checked(trusted, Decision::accept, {event()}), "event-absent");
    CHECK(check.verdict == Verdict::note);
    CHECK(check.expected == "no event");
    CHECK(check.observed == "one event");
    CHECK(check.clauses == Clauses{"event-absent"});
}

TEST_CASE("an event comes once for each attempt to connect", "[judge][event]") {
    CHECK(made(refusing({event(), event()}), "event-once").verdict == Verdict::note);
    CHECK(made(refusing({event(), event()}, ", connections: 2"), "event-once").verdict == Verdict::pass);
    CHECK(made(refusing({event(), event(), event()}, ", connections: 2"), "event-once").verdict ==
          Verdict::note);
}

TEST_CASE("an event names the server", "[judge][event]") {
    CHECK(made(refusing({event("a.test")}), "event-once").verdict == Verdict::pass);
    CHECK(made(refusing({event("")}), "event-once").verdict == Verdict::note);
    CHECK(made(refusing({event("b.test")}), "event-once").observed ==
          "one event, without the name of the server");
}

TEST_CASE("an event that names a port names that of the server", "[judge][event]") {
    CHECK(made(refusing({event("a.test:443")}), "event-once").observed ==
          "one event, without the name of the server");
}

TEST_CASE("a fault that the event invents is told", "[judge][event]") {
    const Check check = made(refusing({event("a.test", {"expired", "wrong-name"})}), "event-faults");
    CHECK(check.verdict == Verdict::note);
    CHECK(check.observed == "one that says wrong-name");
    CHECK_FALSE(find(refusing({event("a.test", {"expired"})}), "event-faults"));
}

TEST_CASE("an event names every fault where there are several", "[judge][event]") {
    const std::string both = "{leaf: self-signed, defect: expired}";
    CHECK_FALSE(find(refusing({event()}), "event-faults"));
    const Check check = made(checked(both, Decision::refuse, {event("a.test", {"expired"})}), "event-faults");
    CHECK(check.verdict == Verdict::note);
    CHECK(check.observed == "no word of unknown-issuer");
    CHECK(made(checked(both, Decision::refuse, {event("a.test", {"expired", "unknown-issuer"})}),
               "event-faults")
              .verdict == Verdict::pass);
}

TEST_CASE("where no event could be seen its checks are not applicable", "[judge][event]") {
    const auto checks = checked(expired, Decision::refuse, {}, false);
    CHECK(made(checks, "event-fired").verdict == Verdict::not_applicable);
    CHECK(made(checks, "event-once").verdict == Verdict::not_applicable);
    CHECK_FALSE(find(checks, "event-absent"));
}

TEST_CASE("an event is judged under the cell's own clause where it has one", "[judge][event]") {
    Story story(shows(key_b));
    profile::Possible before = story.start();
    before.clients.at("").pins["server main/main"] = {{"other", "a"}};
    const Standpoint from = story.standpoint(before);
    const Observation seen = [] {
        VisitEvidence evidence = visit({refused()});
        evidence.client.reports_events = true;
        return observe(evidence, {});
    }();
    std::vector<Check> out;
    add_event_checks({story.subject(), 1, from, from.due.front(), seen}, out);
    CHECK(made(out, "event-fired").clauses == Clauses{"event-changed"});
    CHECK(made(out, "event-fired").verdict == Verdict::note);
}

TEST_CASE("an event that may come or not is no check", "[judge][event]") {
    CHECK(checked("{leaf: leaf, defect: no-proof}", Decision::refuse, {event()}).empty());
}

}  // namespace
}  // namespace guise::judge::event_checks_test
