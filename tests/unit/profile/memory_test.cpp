#include "profile/memory.hpp"

#include "profile/derive_kit.hpp"

namespace guise::profile::memory_test {
namespace {

using namespace test;

const ChainFacts first{"first", "a", {}, false};
const ChainFacts renewed{"renewed", "a", {}, false};
const ChainFacts other{"other", "b", {}, false};

std::string keeping_per(const std::string& per) { return changed(keeping, "per: server-id", "per: " + per); }

Memory remembering(const ChainFacts& facts) {
    Memory out;
    out.pins["here"] = {{facts.certificate, facts.key}};
    return out;
}

Column column(const Profile& profile, const ChainFacts& shown) {
    return column_of(profile, remembering(first), "here", shown);
}

// The keys that each memory after an acceptance has, oldest first.
std::set<std::string> keys_after(const Profile& profile, const Cell& cell, const Acceptance& how = {}) {
    std::set<std::string> out;
    for (const Remembered& one :
         after_acceptance(profile, small_clause_list(), remembering(first), "here", other, cell, how)) {
        std::string keys;
        for (const Pin& pin : one.memory.pins.at("here")) keys += pin.key;
        for (const Price& price : one.price) keys += " " + price.clause;
        out.insert(keys);
    }
    return out;
}

Cell pinning_cell(std::set<PinEffect> effects, Clauses clause = {}) {
    Cell out;
    out.pin = std::move(effects);
    out.pin_clause = std::move(clause);
    return out;
}

TEST_CASE("at the start nothing is remembered, and each client has its mode", "[profile][memory]") {
    const Story story(visit(key_a) + ", {present: {leaf: leaf}, client: second}", "ask", keeping,
                      "clients: {second: open}\n");
    const Possible state = story.start();
    REQUIRE(state.clients.size() == 2);
    CHECK(state.clients.at("").mode == "ask");
    CHECK(state.clients.at("second").mode == "open");
    CHECK(state.clients.at("").pins.empty());
    CHECK(state.log.empty());
}

TEST_CASE("the mode default is the profile's", "[profile][memory]") {
    CHECK(Story(visit(key_a), "default").start().clients.at("").mode == "ask");
}

TEST_CASE("servers are told apart as the profile says", "[profile][memory]") {
    const scenario::At main, port{"main", "second", ""}, host{"second", "main", ""},
        same{"main", "second", "same"};
    const Profile by_id = profile_of(keeping), by_port = profile_of(keeping_per("host-port")),
                  by_host = profile_of(keeping_per("host"));
    CHECK(server_of(by_id, main) != server_of(by_id, port));
    CHECK(server_of(by_id, main) == server_of(by_id, same));
    CHECK(server_of(by_port, main) != server_of(by_port, same));
    CHECK(server_of(by_port, main) != server_of(by_port, host));
    CHECK(server_of(by_host, main) == server_of(by_host, port));
    CHECK(server_of(by_host, main) != server_of(by_host, host));
}

TEST_CASE("a server that is named is the same wherever it is", "[profile][memory]") {
    const Profile profile = profile_of(keeping);
    const scenario::At here{"main", "main", "one"}, there{"second", "main", "one"};
    CHECK(server_of(profile, here) == server_of(profile, there));
}

TEST_CASE("a pinned certificate is the same, its key alone renewed, all else changed", "[profile][memory]") {
    const Profile profile = profile_of(keeping);
    CHECK(column_of(profile, {}, "here", first) == Column::none);
    CHECK(column_of(profile, remembering(first), "there", first) == Column::none);
    CHECK(column(profile, first) == Column::same);
    CHECK(column(profile, renewed) == Column::renewed);
    CHECK(column(profile, other) == Column::changed);
}

TEST_CASE("where certificates are pinned, the same key does not help", "[profile][memory]") {
    CHECK(column(profile_of(pinning), renewed) == Column::changed);
}

TEST_CASE("an acceptance replaces the pin, adds to it or keeps it, as cell and profile say",
          "[profile][memory]") {
    const Profile replacing = profile_of(keeping), adding = profile_of(pinning);
    CHECK(keys_after(replacing, pinning_cell({PinEffect::keep})) == std::set<std::string>{"a"});
    CHECK(keys_after(replacing, pinning_cell({PinEffect::set})) == std::set<std::string>{"b"});
    CHECK(keys_after(adding, pinning_cell({PinEffect::set})) == std::set<std::string>{"ab"});
    CHECK(keys_after(replacing, pinning_cell({PinEffect::keep, PinEffect::set})) ==
          std::set<std::string>{"a", "b"});
}

TEST_CASE("what is added once more is there once", "[profile][memory]") {
    const Profile adding = profile_of(pinning);
    const auto after = after_acceptance(adding, small_clause_list(), remembering(other), "here", other,
                                        pinning_cell({PinEffect::set}), {});
    REQUIRE(after.size() == 1);
    CHECK(after.front().memory.pins.at("here").size() == 1);
}

TEST_CASE("an effect that only a should-clause speaks against is tolerated, at its price",
          "[profile][memory]") {
    const Profile profile = profile_of(keeping);
    const Cell cell = pinning_cell({PinEffect::set}, {"S-2"});
    CHECK(keys_after(profile, cell) == std::set<std::string>{"b"});
    CHECK(keys_after(profile, cell, {.tolerated = true}) == std::set<std::string>{"b", "ab S-2", "a S-2"});
    CHECK(keys_after(profile, pinning_cell({PinEffect::set}, {"M-1"}), {.tolerated = true}) ==
          std::set<std::string>{"b"});
}

TEST_CASE("after a decision that is not owed, nothing is said of the pin", "[profile][memory]") {
    CHECK(keys_after(profile_of(keeping), pinning_cell({PinEffect::set}),
                     {.owed = false, .tolerated = true}) == std::set<std::string>{"a", "b"});
}

TEST_CASE("of two effects that a cell leaves open, each memory says which it is", "[profile][memory]") {
    const Profile profile = profile_of(keeping);
    const auto chosen = [&](const Cell& cell, const ChainFacts& shown) {
        std::vector<std::optional<PinEffect>> out;
        for (const Remembered& one :
             after_acceptance(profile, small_clause_list(), remembering(first), "here", shown, cell, {}))
            out.push_back(one.chosen);
        return out;
    };
    const Cell open = pinning_cell({PinEffect::keep, PinEffect::set});
    CHECK(chosen(open, other) == std::vector<std::optional<PinEffect>>{PinEffect::keep, PinEffect::set});
    CHECK(chosen(open, first) == std::vector<std::optional<PinEffect>>{std::nullopt, std::nullopt});
    CHECK(chosen(pinning_cell({PinEffect::set}), other) ==
          std::vector<std::optional<PinEffect>>{std::nullopt});
}

TEST_CASE("a price weighs as its clause does in the profile, a fault as it is", "[profile][memory]") {
    const Profile profile = profile_of(pinning);  // its own level of M-2 is should
    CHECK(level_of({std::nullopt, "M-1"}, profile, small_clause_list()) == Level::must);
    CHECK(level_of({std::nullopt, "M-2"}, profile, small_clause_list()) == Level::should);
    CHECK(level_of({Level::may, ""}, profile, small_clause_list()) == Level::may);
}

}  // namespace
}  // namespace guise::profile::memory_test
