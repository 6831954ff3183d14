#include "judge/contradiction.hpp"

#include "judge/kit.hpp"

namespace guise::judge::contradiction_test {
namespace {

using namespace test;

// How a client ended that went this far, and what its file says of the exit code.
Observation ended(Transcript connection, std::optional<int> exit_code, const std::string& means) {
    VisitEvidence evidence = visit({std::move(connection)});
    evidence.client.process.exit_code = exit_code;
    evidence.client.exit_means = means;
    return observe(evidence, {});
}

TEST_CASE("an exit code that means the same as the wire contradicts nothing", "[judge][contradiction]") {
    CHECK(contradiction(ended(refused(), 60, "refused")).empty());
    CHECK(contradiction(ended(finished(canary), 0, "accepted")).empty());
}

TEST_CASE("a refusal whose exit code means acceptance is reported", "[judge][contradiction]") {
    CHECK(contradiction(ended(refused(), 0, "accepted")) ==
          "refused on the wire, and ended with exit 0, which means that it accepted");
}

TEST_CASE("data with an exit code that means refusal is reported", "[judge][contradiction]") {
    CHECK(contradiction(ended(finished("hello"), 1, "refused")) ==
          "sent data, and ended with exit 1, which means that it refused");
}

TEST_CASE("an exit code of which the client file says nothing contradicts nothing",
          "[judge][contradiction]") {
    CHECK(contradiction(ended(refused(), 0, "")).empty());
    CHECK(contradiction(ended(finished("hello"), 1, "")).empty());
}

TEST_CASE("a visit without a decision or an exit code contradicts nothing", "[judge][contradiction]") {
    CHECK(contradiction(ended(shown(Ending::deadline), 0, "accepted")).empty());
    CHECK(contradiction(ended(greeted(), 0, "accepted")).empty());
    CHECK(contradiction(ended(finished("hello"), {}, "")).empty());
}

}  // namespace
}  // namespace guise::judge::contradiction_test
