#include "profile/facts.hpp"

#include "profile/derive_kit.hpp"

namespace guise::profile::facts_test {
namespace {

using namespace test;
using std::chrono::hours;

const pki::Present self_signed{.leaf = "self-signed"};

ChainFacts facts_of(const std::string& lines, const pki::Present& present, hours age = hours(0)) {
    const auto scenario = scenario::test::scenario_of(scenario::test::with(lines));
    FactsSource facts(scenario::test::repository());
    return facts.of(scenario, present, age);
}

constexpr Level must = Level::must, should = Level::should, may = Level::may;

// The row in a mode that has these rows besides its own.
Row row(const pki::Chain& what, bool soft = true, std::initializer_list<Row> more = {}) {
    const Profile profile = profile_of(plain);
    Mode mode = profile.modes.begin()->second;
    for (const Row each : more) mode.rows[each] = mode.rows.begin()->second;
    return row_of(what, profile, mode, soft);
}

TEST_CASE("a chain is known by its certificate and its key", "[profile][facts]") {
    const auto one = facts_of("", self_signed);
    const auto other = facts_of("", {.leaf = "self-signed", .key = "b"});
    CHECK(one.key == "a");
    CHECK(other.key == "b");
    CHECK(one.certificate != other.certificate);
    CHECK(one.certificate == facts_of("", self_signed).certificate);
}

TEST_CASE("another issue is another certificate with the same key", "[profile][facts]") {
    const auto second = facts_of("", {.leaf = "self-signed", .issue = 2});
    CHECK(second.key == "a");
    CHECK(second.certificate != facts_of("", self_signed).certificate);
}

TEST_CASE("what the user has installed is trusted, and known to be installed", "[profile][facts]") {
    CHECK(facts_of("", self_signed).chain.faults.contains(Fault::unknown_issuer));
    const auto installed = facts_of("trust: [{leaf: self-signed}]\n", self_signed);
    CHECK(installed.chain.faults.empty());
    CHECK(installed.installed);
    CHECK_FALSE(facts_of("trust: [{leaf: self-signed, key: b}]\n", self_signed).installed);
}

TEST_CASE("a certificate expires as it gets older", "[profile][facts]") {
    const pki::Present leaf{.leaf = "leaf"};
    CHECK(facts_of("", leaf).chain.faults.empty());
    CHECK(facts_of("", leaf, hours(24 * 365 * 20)).chain.faults.contains(Fault::expired));
}

TEST_CASE("facts stay valid while others are asked for", "[profile][facts]") {
    const auto scenario = scenario::test::scenario_of(scenario::test::with(""));
    FactsSource facts(scenario::test::repository());
    const ChainFacts& first = facts.of(scenario, self_signed, hours(0));
    for (int age = 1; age < 50; ++age) (void)facts.of(scenario, self_signed, hours(age));
    CHECK(&first == &facts.of(scenario, self_signed, hours(0)));
}

TEST_CASE("the level of an excuse is that of the gravest fault below must", "[profile][facts]") {
    CHECK_FALSE(excuse_of(chain({})));
    CHECK_FALSE(excuse_of(chain({{Fault::expired, Level::must}})));
    CHECK(excuse_of(chain({{Fault::weak, Level::may}})) == Level::may);
    CHECK(excuse_of(chain({{Fault::weak, Level::should}, {Fault::policy, Level::may}})) == Level::should);
}

TEST_CASE("what has expired and is wrong in nothing else has a row where the mode has one",
          "[profile][facts]") {
    const auto alone = chain({{Fault::expired, must}});
    CHECK(row(alone) == Row::invalid);
    CHECK(row(alone, true, {Row::expired}) == Row::expired);
    const auto more = chain({{Fault::expired, must}, {Fault::weak, should}});
    CHECK(row(more, true, {Row::expired}) == Row::invalid);
    CHECK(row(more, false, {Row::expired}) == Row::expired);
    CHECK(row(chain({{Fault::wrong_name, must}}), true, {Row::expired}) == Row::invalid);
}

TEST_CASE("what is merely too large has a row of its own where the mode has one", "[profile][facts]") {
    const pki::Chain large = chain({{Fault::size, may}, {Fault::unknown_issuer, must}});
    CHECK(row(chain({{Fault::size, may}})) == Row::invalid);
    CHECK(row(chain({{Fault::size, may}}), true, {Row::oversized}) == Row::oversized);
    CHECK(row(large, false, {Row::oversized}) == Row::untrusted);
    CHECK(row(chain({{Fault::size, may}, {Fault::expired, must}}), true, {Row::oversized, Row::expired}) ==
          Row::invalid);
}

TEST_CASE("a handshake that is wrong beside a proven certificate has a row where the mode has one",
          "[profile][facts]") {
    auto wrong = chain({{Fault::protocol, must}});
    wrong.stage = pki::Stage::handshake;
    CHECK(row(wrong) == Row::no_proof);
    CHECK(row(wrong, true, {Row::protocol}) == Row::protocol);
    wrong.faults[Fault::no_proof] = must;
    CHECK(row(wrong, true, {Row::protocol}) == Row::no_proof);
}

TEST_CASE("a chain without faults is trusted", "[profile][facts]") { CHECK(row(chain()) == Row::trusted); }

TEST_CASE("a chain that lacks nothing but an anchor is untrusted", "[profile][facts]") {
    CHECK(row(chain({{Fault::unknown_issuer, must}})) == Row::untrusted);
}

TEST_CASE("a fault with an anchor is invalid", "[profile][facts]") {
    CHECK(row(chain({{Fault::expired, must}})) == Row::invalid);
    CHECK(row(chain({{Fault::weak, must}})) == Row::invalid);
}

TEST_CASE("a fault of untrusted_faults without an anchor is invalid", "[profile][facts]") {
    CHECK(row(chain({{Fault::unknown_issuer, must}, {Fault::expired, must}})) == Row::invalid);
}

TEST_CASE("a fault outside untrusted_faults without an anchor is untrusted", "[profile][facts]") {
    CHECK(row(chain({{Fault::unknown_issuer, must}, {Fault::wrong_name, must}})) == Row::untrusted);
}

TEST_CASE("what the parser meets is unreadable, whatever else is wrong", "[profile][facts]") {
    CHECK(row(chain({{Fault::malformed, must}}, pki::Stage::parse)) == Row::unreadable);
    CHECK(row(chain({{Fault::malformed, should}, {Fault::unknown_issuer, must}}, pki::Stage::parse)) ==
          Row::unreadable);
}

TEST_CASE("what the handshake meets is no proof, whatever else is wrong", "[profile][facts]") {
    CHECK(row(chain({{Fault::no_proof, must}}, pki::Stage::handshake)) == Row::no_proof);
    CHECK(row(chain({{Fault::no_proof, must}, {Fault::expired, must}}, pki::Stage::handshake)) ==
          Row::no_proof);
    CHECK(row(chain({{Fault::protocol, must}, {Fault::weak, should}}, pki::Stage::handshake), false) ==
          Row::no_proof);
}

TEST_CASE(
    "what a client may overlook in the handshake, and what is merely unusual there, is no lack of proof",
    "[profile][facts]") {
    CHECK(row(chain({{Fault::protocol, may}}, pki::Stage::handshake)) == Row::no_proof);
    CHECK(row(chain({{Fault::protocol, may}}, pki::Stage::handshake), false) == Row::trusted);
    CHECK(row(chain({}, pki::Stage::handshake)) == Row::trusted);
    CHECK(row(chain({{Fault::unknown_issuer, must}}, pki::Stage::handshake)) == Row::untrusted);
}

TEST_CASE("without the faults below must a chain may be better", "[profile][facts]") {
    CHECK(row(chain({{Fault::weak, should}}), false) == Row::trusted);
    CHECK(row(chain({{Fault::weak, should}, {Fault::unknown_issuer, must}}), false) == Row::untrusted);
    CHECK(row(chain({{Fault::malformed, should}}, pki::Stage::parse), false) == Row::trusted);
    CHECK(row(chain({{Fault::expired, must}, {Fault::weak, may}}), false) == Row::invalid);
}

TEST_CASE("what a client has not asked for is at most a may, and the certificate is the same",
          "[profile][facts]") {
    pki::Present revoked{.leaf = "checked-leaf", .defects = {{.name = "staple-revoked"}}};
    const auto scenario = scenario::test::scenario_of(scenario::test::with(""));
    FactsSource facts(scenario::test::repository());
    const ChainFacts heard = facts.of(scenario, revoked, hours(0));
    revoked.unasked = true;
    const ChainFacts unheard = facts.of(scenario, revoked, hours(0));
    CHECK(heard.chain.faults.at(Fault::revoked) == must);
    CHECK(unheard.chain.faults.at(Fault::revoked) == may);
    CHECK(heard.certificate == unheard.certificate);
}

TEST_CASE("a defect of what is said of a certificate has a topic", "[profile][facts]") {
    const FactsSource facts(scenario::test::repository());
    const auto topic = [&](const std::string& name, std::optional<pki::Position> at = {}) {
        return facts.topic_of({.leaf = "checked-leaf", .defects = {{.name = name, .at = at}}});
    };
    using pki::Channel, pki::Position, pki::Topic;
    CHECK(topic("staple-revoked") == Topic{Channel::staple, Position::leaf});
    CHECK(topic("list-revoked", Position::intermediate) == Topic{Channel::crl, Position::intermediate});
    CHECK_FALSE(topic("expired"));
}

}  // namespace
}  // namespace guise::profile::facts_test
