#include "judge/leak_checks.hpp"

#include "judge/kit.hpp"

namespace guise::judge::leak_checks_test {
namespace {

using namespace test;

std::vector<Check> checked(const std::string& visit, Decision decision, const Observation& seen,
                           const std::string& mode = "ask") {
    const Met met{Story(visit, mode), decision, seen};
    std::vector<Check> out;
    add_leak_checks(met.explained(), out);
    return out;
}
std::vector<Check> found(const std::string& visit, const Observation& seen, const std::string& mode = "ask") {
    Story story(visit, mode);
    const profile::Possible before = story.start();
    const std::vector<Standpoint> standpoints{story.standpoint(before)};
    const profile::Subject subject = story.subject();
    std::vector<Check> out;
    add_found_leaks({subject, 1, standpoints[0], standpoints[0].due[0], seen}, standpoints, out);
    return out;
}

TEST_CASE("a refusal is checked for the canary", "[judge][leak]") {
    const Check check = made(checked(shows(expired), Decision::refuse, seen({refused()})), "canary");
    CHECK(check.verdict == Verdict::pass);
    CHECK(check.expected == "nothing confidential sent");
    CHECK(check.observed == "nothing confidential arrived");
    CHECK(check.clauses == Clauses{"canary"});
    CHECK(check.level == Level::must);
}

TEST_CASE("the canary where a client may go on is not asked about", "[judge][leak]") {
    CHECK_FALSE(find(checked(shows(trusted), Decision::accept, seen({finished(canary)})), "canary"));
    CHECK_FALSE(find(checked(shows(key_a, ", answer: connect"), Decision::ask,
                             seen_asking({finished(canary)}, "ask", "connect")),
                     "canary"));
}

TEST_CASE("the client's certificate is for nobody that it refuses", "[judge][leak]") {
    Transcript generous = refused();
    generous.client_certificate = "aabb";
    const Check check =
        made(checked(shows(expired), Decision::refuse, seen({generous})), "client-certificate");
    CHECK(check.verdict == Verdict::fail);
    CHECK(check.clauses == Clauses{"canary"});
    CHECK_FALSE(find(checked(shows(expired), Decision::refuse, seen({refused()})), "client-certificate"));
    Transcript accepting = finished(canary);
    accepting.client_certificate = "aabb";
    CHECK_FALSE(find(checked(shows(trusted), Decision::accept, seen({accepting})), "client-certificate"));
}

TEST_CASE("the canary in clear fails, whatever was decided", "[judge][leak]") {
    const Check accepting = made(checked(shows(trusted), Decision::accept, seen({plain(canary)})), "canary");
    CHECK(accepting.verdict == Verdict::fail);
    CHECK(accepting.observed == "the canary arrived in clear");
    CHECK(
        made(checked(shows(expired), Decision::refuse, seen({refused(), plain(canary)})), "canary").verdict ==
        Verdict::fail);
}

TEST_CASE("an attempt in plain text is missed where the scenario offers one", "[judge][leak]") {
    const std::string offering = shows(expired, ", plain-text: answered");
    CHECK(made(checked(offering, Decision::refuse, seen({refused()})), "plain-text").verdict ==
          Verdict::pass);
    const auto tried =
        checked(offering, Decision::refuse, seen({refused(), plain("GET / HTTP/1.1\r\n\r\n")}));
    CHECK(made(tried, "plain-text").verdict == Verdict::fail);
    CHECK(made(tried, "plain-text").observed == "the client came in plain text too");
    CHECK_FALSE(find(checked(shows(expired), Decision::refuse, seen({refused()})), "plain-text"));
}

TEST_CASE("an answer that was obeyed is told", "[judge][leak]") {
    const Check check =
        made(checked(shows(key_a), Decision::ask, seen_asking({shown()}, "ask", "decline")), "declined");
    CHECK(check.verdict == Verdict::pass);
    CHECK(check.expected == "no connection after the answer");
}

TEST_CASE("the canary is found where no way lets it go", "[judge][leak]") {
    const Check check = made(found(shows(expired), seen({finished(canary)}), "strict"), "canary");
    CHECK(check.verdict == Verdict::fail);
    CHECK(check.observed == "the canary arrived");
    CHECK_FALSE(find(found(shows(trusted), seen({finished(canary)})), "canary"));
    CHECK_FALSE(find(found(shows(expired), seen({finished(canary)}), "lax"), "canary"));
}

TEST_CASE("data that is not the canary is no leak", "[judge][leak]") {
    CHECK(found(shows(expired), seen({finished("hello")}), "strict").empty());
}

TEST_CASE("the canary is found behind a swap", "[judge][leak]") {
    CHECK(find(found(shows(trusted, ", swap: {after: public-request, present: " + key_b + "}"),
                     seen({finished(canary)})),
               "canary"));
}

TEST_CASE("a mode without the check does not ask for the canary", "[judge][leak]") {
    Story story(shows(expired), "strict");
    story.profile.modes.at("strict").checks.erase("canary");
    const Met met{std::move(story), Decision::refuse, seen({refused(), plain(canary)})};
    std::vector<Check> out;
    add_leak_checks(met.explained(), out);
    CHECK_FALSE(find(out, "canary"));
}

}  // namespace
}  // namespace guise::judge::leak_checks_test
