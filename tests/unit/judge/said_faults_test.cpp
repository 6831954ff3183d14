#include "judge/said_faults.hpp"

#include <catch2/catch.hpp>

namespace guise::judge::said_faults_test {
namespace {

using profile::Column;
using Words = std::vector<std::string>;

profile::Alternative way(const std::vector<Fault>& faults, Column memory = Column::none) {
    profile::Alternative out;
    for (const Fault fault : faults) out.faults[fault] = Level::must;
    out.memory = memory;
    return out;
}

TEST_CASE("what is there is not invented", "[judge][said]") {
    CHECK(
        invented_faults(way({Fault::expired, Fault::unknown_issuer}), {"expired", "unknown-issuer"}).empty());
    CHECK(invented_faults(way({Fault::unknown_issuer}, Column::changed), {"changed", "unknown-issuer"})
              .empty());
}

TEST_CASE("dates, a name and an anchor that are in order are invented faults", "[judge][said]") {
    CHECK(invented_faults(way({Fault::expired}), {"expired", "wrong-name", "not-yet-valid"}) ==
          Words{"wrong-name", "not-yet-valid"});
    CHECK(invented_faults(way({Fault::wrong_name}), {"unknown-issuer"}) == Words{"unknown-issuer"});
}

TEST_CASE("a change is invented where nothing was pinned, or nothing has changed", "[judge][said]") {
    CHECK(invented_faults(way({Fault::unknown_issuer}), {"changed"}) == Words{"changed"});
    CHECK(invented_faults(way({Fault::wrong_name}, Column::same), {"changed"}) == Words{"changed"});
    CHECK(invented_faults(way({Fault::unknown_issuer}, Column::renewed), {"changed"}).empty());
}

TEST_CASE("a pinned certificate that is out of date may be called changed", "[judge][said]") {
    CHECK(invented_faults(way({Fault::expired}, Column::same), {"changed"}).empty());
}

TEST_CASE("beside a fault that clients name in their own way nothing of the chain is invented",
          "[judge][said]") {
    CHECK(invented_faults(way({Fault::bad_signature}), {"unknown-issuer", "expired"}).empty());
    CHECK(invented_faults(way({Fault::expired}), {"unknown-issuer"}).empty());
    CHECK(invented_faults(way({Fault::expired}), {"too-old", "whatever"}).empty());
}

TEST_CASE("a change is said among the faults or in the text", "[judge][said]") {
    CHECK(says_changed({"expired", "changed"}, ""));
    CHECK(says_changed({}, "The certificate of this server has CHANGED."));
    CHECK(says_changed({}, "associated with a different key"));
    CHECK_FALSE(says_changed({"expired"}, "The certificate of this server is invalid."));
}

}  // namespace
}  // namespace guise::judge::said_faults_test
