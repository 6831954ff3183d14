#include "evidence/compared.hpp"

#include "evidence/kit.hpp"
#include "secrets/compare.hpp"

#include <functional>

namespace guise::evidence::compared_test {
namespace {

using namespace test;

// A text of its own for each secret, in no form that is known.
std::string form_of(int secret) { return "X-Note: " + std::string(8, static_cast<char>('f' + secret)); }

// Six visits that go on, each changed as `change` has it.
std::vector<VisitEvidence> six(const std::function<void(VisitEvidence&, int secret)>& change) {
    std::vector<VisitEvidence> out;
    for (const int secret : secrets::secret_of_run) {
        out.push_back(visit({refused()}));
        change(out.back(), secret);
    }
    return out;
}

bool compare(std::vector<VisitEvidence>& visits) {
    std::vector<VisitEvidence*> runs;
    for (VisitEvidence& each : visits) runs.push_back(&each);
    return compare_runs(runs);
}

}  // namespace

TEST_CASE("what follows the canary in TLS is the canary", "[evidence][compare]") {
    auto visits =
        six([](VisitEvidence& visit, int secret) { visit.connections.push_back(finished(form_of(secret))); });
    CHECK(observe(visits[0], {}).outcome == Outcome::data);
    CHECK(compare(visits));
    for (const VisitEvidence& each : visits) {
        CHECK(each.connections[0].application_secret.empty());
        const Observation seen = observe(each, {});
        CHECK(seen.outcome == Outcome::confidential);
        CHECK(seen.sentence == "accepted and sent the canary in a form that follows it");
    }
    CHECK_FALSE(compare(visits));  // nothing that is new
}

TEST_CASE("what follows the canary outside of TLS is the canary in clear", "[evidence][compare]") {
    auto in_clear =
        six([](VisitEvidence& visit, int secret) { visit.connections.push_back(plain(form_of(secret))); });
    auto in_hello = six([](VisitEvidence& visit, int secret) {
        visit.connections[0].hello_octets = "\x03\x03" + form_of(secret);
    });
    auto aside = six([](VisitEvidence& visit, int secret) {
        visit.said = {{"in an event", form_of(secret)}};
    });
    for (auto* visits : {&in_clear, &in_hello, &aside}) {
        CHECK(compare(*visits));
        for (const VisitEvidence& each : *visits) {
            const Observation seen = observe(each, {});
            CHECK(seen.canary_in_clear);
            CHECK_THAT(seen.sentence, Catch::Contains("in clear, in a form that follows it"));
        }
    }
    CHECK_THAT(observe(in_hello[0], {}).sentence,
               Catch::EndsWith("in a form that follows it, in its ClientHello"));
    CHECK_THAT(observe(aside[0], {}).sentence, Catch::EndsWith("in a form that follows it, in an event"));
}

TEST_CASE("data with the canary as it is, or with a proof of it, is told by nothing else",
          "[evidence][compare]") {
    auto plainly = six([](VisitEvidence& visit, int secret) {
        visit.canary = canary + std::to_string(secret * 1111);
        visit.connections.push_back(finished("Bearer " + visit.canary));
    });
    auto proven = six([](VisitEvidence& visit, int secret) {
        visit.connections.push_back(finished(form_of(secret)));
        visit.connections.back().secret_proven = true;
    });
    CHECK_FALSE(compare(plainly));
    CHECK_FALSE(compare(proven));
}

TEST_CASE("a form that is known stays as it is told", "[evidence][compare]") {
    auto visits = six([](VisitEvidence& visit, int secret) {
        visit.connections[0].hello_octets = form_of(secret);
        visit.connections[0].hello_secret = "as it is";
        visit.said = {{"in an event", form_of(secret)}};
        visit.asides = {{"in an event", "in base64"}};
    });
    CHECK_FALSE(compare(visits));
    CHECK(visits[0].connections[0].hello_secret == "as it is");
    CHECK(visits[0].asides == std::vector<Aside>{{"in an event", "in base64"}});
}

TEST_CASE("fewer runs than six, and runs in which nothing follows the canary, show nothing",
          "[evidence][compare]") {
    auto visits =
        six([](VisitEvidence& visit, int secret) { visit.connections.push_back(finished(form_of(secret))); });
    visits.pop_back();
    CHECK_FALSE(compare(visits));
    auto same = six([](VisitEvidence& visit, int) { visit.connections.push_back(finished("hello")); });
    CHECK_FALSE(compare(same));
}

}  // namespace guise::evidence::compared_test
