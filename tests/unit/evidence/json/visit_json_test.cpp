#include "evidence/json/visit_json.hpp"

#include "evidence/kit.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::evidence::visit_json_test {

using evidence::test::refusal;
using namespace std::chrono_literals;

TEST_CASE("a visit says whose it is, what was seen, and the evidence", "[evidence]") {
    VisitRecord visit;
    visit.session = "curl/strict";
    visit.id = {"validity/expired", "strict", "curl"};
    visit.visit = 2;
    visit.control = "before";
    visit.seen = refusal();
    nlohmann::ordered_json json = to_json(visit);
    CHECK(json["evidence"].is_object());
    json.erase("evidence");
    CHECK(json.dump() ==
          R"({"type":"visit","session":"curl/strict","scenario":"validity/expired","mode":"strict",)"
          R"("client":"curl","visit":2,"control":"before","seen":{"outcome":"refused-alert",)"
          R"("decision":"refuse","final":"refused","alert":"unknown_ca","canary_in_clear":false,)"
          R"("trouble":"none","sentence":"refused"}})");
}

TEST_CASE("a control that was repeated says which attempt it is", "[evidence]") {
    VisitRecord visit;
    CHECK_FALSE(to_json(visit).contains("attempt"));
    visit.attempt = 2;
    CHECK(to_json(visit)["attempt"] == 2);
}

TEST_CASE("what was not seen is null", "[evidence]") {
    const auto seen = to_json(VisitRecord{})["seen"];
    CHECK(seen["decision"].is_null());
    CHECK(seen["final"].is_null());
    CHECK(seen["alert"].is_null());
    CHECK(seen["outcome"] == "no-connection");
    CHECK_FALSE(seen.contains("answer"));
    CHECK_FALSE(seen.contains("plain_text"));
}

TEST_CASE("what the user was let say and what was no TLS are written where there was any", "[evidence]") {
    VisitRecord visit;
    visit.seen.decision = profile::Decision::ask;
    visit.seen.final = profile::Final::accepted_once;
    visit.seen.answer = scenario::Answer::once;
    visit.seen.plain_text = true;
    const auto seen = to_json(visit)["seen"];
    CHECK(seen["decision"] == "ask");
    CHECK(seen["final"] == "accepted-once");
    CHECK(seen["answer"] == "once");
    CHECK(seen["plain_text"] == true);
}

}  // namespace guise::evidence::visit_json_test
