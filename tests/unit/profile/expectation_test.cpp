#include "profile/expectation.hpp"

#include "profile/facts.hpp"
#include "profile/kit.hpp"

namespace guise::profile::expectation_test {
namespace {

using namespace test;

constexpr Level must = Level::must, should = Level::should, may = Level::may;

// What a profile's mode has in its table for a chain.
struct Expected {
    Row row;
    Column column;
    Cell cell;
    std::optional<Tolerated> tolerated;

    Expected(const Profile& profile, const std::string& mode, const pki::Chain& what, Column memory)
        : row(row_of(what, profile, profile.modes.begin()->second)) {
        const auto at = cell_of(profile.modes.at(mode), row, memory);
        column = at.column;
        cell = *at.cell;
        const Row bare = row_of(what, profile, profile.modes.begin()->second, false);
        if (const auto excuse = excuse_of(what); excuse && bare != row)
            tolerated = tolerated_besides(cell, *cell_of(profile.modes.at(mode), bare, memory).cell, *excuse);
    }
    std::string text() const { return decisions_text(cell.decision, cell.prefer, tolerated); }
};

// What the plain profile's only mode expects.
Expected owed(const pki::Chain& what) { return {profile_of(plain), "strict", what, Column::none}; }
// What the pinning profile's only mode expects.
Expected asked(const pki::Chain& what, Column memory) { return {profile_of(pinning), "ask", what, memory}; }
// What the plain profile expects with another cell for `untrusted`.
Expected with_untrusted(const std::string& cell, const pki::Chain& what) {
    const std::string usual = "untrusted: {any: {decision: refuse, clause: M-1}}";
    return {profile_of(changed(plain, usual, "untrusted: {any: " + cell + "}")), "strict", what,
            Column::none};
}

TEST_CASE("an expectation is the cell of the row", "[profile][expectation]") {
    const Expected trusted = owed(chain());
    CHECK(trusted.row == Row::trusted);
    CHECK(trusted.column == Column::any);
    CHECK(trusted.cell.decision == std::set{Decision::accept});
    CHECK(trusted.cell.clause == Clauses{"M-1"});
    CHECK(owed(chain({{Fault::expired, must}})).cell.decision == std::set{Decision::refuse});
}

TEST_CASE("an expectation is the cell of the memory where the row has columns", "[profile][expectation]") {
    const pki::Chain self_signed = chain({{Fault::unknown_issuer, must}});
    CHECK(asked(self_signed, Column::none).column == Column::none);
    CHECK(asked(self_signed, Column::none).cell.decision == std::set{Decision::ask, Decision::warn});
    CHECK(asked(self_signed, Column::same).cell.decision == std::set{Decision::accept});
    CHECK(asked(self_signed, Column::changed).cell.decision == std::set{Decision::refuse});
}

TEST_CASE("a row that has one column for all memories is that", "[profile][expectation]") {
    CHECK(asked(chain(), Column::changed).column == Column::any);
    CHECK(asked(chain(), Column::changed).cell.decision == std::set{Decision::accept});
}

TEST_CASE("nothing is tolerated where all faults are musts", "[profile][expectation]") {
    CHECK_FALSE(owed(chain()).tolerated.has_value());
    CHECK_FALSE(owed(chain({{Fault::expired, must}})).tolerated.has_value());
}

TEST_CASE("what holds without a should-fault is tolerated as a note", "[profile][expectation]") {
    const Expected read = owed(chain({{Fault::weak, should}}));
    CHECK(read.row == Row::invalid);
    CHECK(read.cell.decision == std::set{Decision::refuse});
    REQUIRE(read.tolerated.has_value());
    CHECK(read.tolerated->level == should);
    CHECK(read.tolerated->decisions == std::set{Decision::accept});
}

TEST_CASE("what holds without a may-fault is right too", "[profile][expectation]") {
    const Expected read = owed(chain({{Fault::expired, may}}));
    REQUIRE(read.tolerated.has_value());
    CHECK(read.tolerated->level == may);
}

TEST_CASE("of several soft faults the strongest says what it costs", "[profile][expectation]") {
    const Expected read = owed(chain({{Fault::expired, may}, {Fault::weak, should}}));
    REQUIRE(read.tolerated.has_value());
    CHECK(read.tolerated->level == should);
}

TEST_CASE("a soft fault beside a must of the same row changes nothing", "[profile][expectation]") {
    CHECK_FALSE(owed(chain({{Fault::expired, must}, {Fault::weak, should}})).tolerated.has_value());
}

TEST_CASE("a soft fault of the parser leads back to what the chain is without it", "[profile][expectation]") {
    const Expected read = owed(chain({{Fault::malformed, should}}, pki::Stage::parse));
    CHECK(read.row == Row::unreadable);
    REQUIRE(read.tolerated.has_value());
    CHECK(read.tolerated->decisions == std::set{Decision::accept});
}

TEST_CASE("what is owed anyway is not tolerated besides", "[profile][expectation]") {
    // Without its weak hash the chain is untrusted, and there the same is expected.
    const Expected read = owed(chain({{Fault::expired, should}, {Fault::unknown_issuer, must}}));
    CHECK(read.row == Row::invalid);
    CHECK_FALSE(read.tolerated.has_value());
}

TEST_CASE("what is tolerated follows the memory", "[profile][expectation]") {
    const pki::Chain weak =
        chain({{Fault::malformed, should}, {Fault::unknown_issuer, must}}, pki::Stage::parse);
    const Expected first = asked(weak, Column::none);
    REQUIRE(first.tolerated.has_value());
    CHECK(first.tolerated->decisions == std::set{Decision::ask, Decision::warn});
    REQUIRE(asked(weak, Column::same).tolerated.has_value());
    CHECK(asked(weak, Column::same).tolerated->decisions == std::set{Decision::accept});
    CHECK_FALSE(asked(weak, Column::changed).tolerated.has_value());
}

TEST_CASE("an expectation of one decision is that word", "[profile][expectation]") {
    CHECK(owed(chain()).text() == "accept");
}

TEST_CASE("an expectation of several decisions says which it would rather have", "[profile][expectation]") {
    const pki::Chain self_signed = chain({{Fault::unknown_issuer, must}});
    CHECK(asked(self_signed, Column::none).text() == "ask or warn (rather warn)");
    CHECK(with_untrusted("{decision: [warn, accept, refuse], clause: M-1}", self_signed).text() ==
          "accept or warn or refuse");
}

TEST_CASE("a preference for all that is right is none", "[profile][expectation]") {
    CHECK(with_untrusted("{decision: [ask, warn], prefer: [ask, warn], prefer_clause: S-1, clause: M-1}",
                         chain({{Fault::unknown_issuer, must}}))
              .text() == "ask or warn");
}

TEST_CASE("an expectation says what is tolerated, and at which price", "[profile][expectation]") {
    CHECK(owed(chain({{Fault::weak, should}})).text() == "refuse (accept is a note)");
    CHECK(owed(chain({{Fault::weak, may}})).text() == "refuse (accept is right too)");
}

}  // namespace
}  // namespace guise::profile::expectation_test
