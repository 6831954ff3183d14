#include "judge/contradiction.hpp"

#include "judge/kit.hpp"

namespace guise::judge {
namespace {

using namespace test;

// How a client ended that went this far.
Observation ended(Transcript connection, std::optional<int> exit_code) {
    VisitEvidence evidence = visit({std::move(connection)});
    evidence.client.process.exit_code = exit_code;
    return observe(evidence, {});
}
const Observation control = ended(finished(canary), 0);

TEST_CASE("a client that ends otherwise when it refuses says the same as the wire",
          "[judge][contradiction]") {
    CHECK(contradiction(control, ended(refused(), 60)).empty());
}

TEST_CASE("a client that ends alike when it accepts says the same as the wire", "[judge][contradiction]") {
    CHECK(contradiction(control, ended(finished(canary), 0)).empty());
}

TEST_CASE("a refusal that ends as an acceptance does is told", "[judge][contradiction]") {
    CHECK(contradiction(control, ended(refused(), 0)) ==
          "refused on the wire, and ended with exit 0 as it does when it accepts");
}

TEST_CASE("data that ends otherwise than an acceptance is told", "[judge][contradiction]") {
    CHECK(contradiction(control, ended(finished("hello"), 1)) ==
          "sent data, and ended with exit 1; when it accepts the control it ends with 0");
}

TEST_CASE("a client that accepts with another code than 0 is measured by that", "[judge][contradiction]") {
    const Observation other = ended(finished(canary), 8);
    CHECK(contradiction(other, ended(finished(canary), 8)).empty());
    CHECK_FALSE(contradiction(other, ended(refused(), 8)).empty());
    CHECK(contradiction(other, ended(refused(), 0)).empty());
}

TEST_CASE("a control that was not accepted shows nothing", "[judge][contradiction]") {
    CHECK(contradiction(ended(refused(), 0), ended(refused(), 0)).empty());
    CHECK(contradiction(Observation{}, ended(refused(), 0)).empty());
}

TEST_CASE("a visit without a decision contradicts nothing", "[judge][contradiction]") {
    CHECK(contradiction(control, ended(shown(Ending::deadline), 0)).empty());
    CHECK(contradiction(control, ended(greeted(), 0)).empty());
}

TEST_CASE("a client without an exit code says nothing", "[judge][contradiction]") {
    CHECK(contradiction(control, ended(finished("hello"), {})).empty());
    CHECK(contradiction(ended(finished(canary), {}), ended(refused(), 0)).empty());
}

}  // namespace
}  // namespace guise::judge
