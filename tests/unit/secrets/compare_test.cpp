#include "secrets/compare.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <string>

namespace guise::secrets::compare_test {
namespace {

using Text = std::function<std::string(int secret, int run)>;

// Which runs have something that follows the secret, where each run sends these parts.
std::vector<std::vector<bool>> follows(const std::vector<Text>& parts) {
    std::vector<std::vector<std::string>> texts;
    for (std::size_t run = 0; run < secret_of_run.size(); ++run) {
        texts.emplace_back();
        for (const Text& part : parts)
            texts.back().push_back(part(secret_of_run.at(run), static_cast<int>(run)));
    }
    std::vector<SentParts> sent;
    for (const auto& run : texts) sent.emplace_back(run.begin(), run.end());
    return following(sent);
}

bool follows(const Text& text) { return follows(std::vector{text})[0][0]; }

// Eight characters that no other secret, or number, has.
std::string of_it(int number) { return std::to_string(10'010'101 * (number + 1)); }

}  // namespace

TEST_CASE("what both runs with a secret have and no other run has follows it", "[secrets][compare]") {
    CHECK(follows([](int secret, int) { return of_it(secret); }));
    CHECK(follows([](int secret, int) { return "GET / HTTP/1.1\r\nX: " + of_it(secret) + "\r\n\r\n"; }));
    CHECK(follows([](int secret, int run) {  // beside what varies by itself, and at no fixed place
        return std::string(static_cast<std::size_t>(run) * 3, 'x') + of_it(secret) + ";run=" + of_it(9 + run);
    }));
}

TEST_CASE("single characters that follow a secret are enough where they are four", "[secrets][compare]") {
    const auto scattered = [](std::string_view between) {
        return [between](int secret, int) {
            std::string out = "begin of it: ";
            for (int i = 0; i < 4; ++i)
                out += std::string(1, static_cast<char>('a' + secret * 4 + i)) + std::string(between);
            return out;
        };
    };
    CHECK(follows(scattered("\r\nheader: ")));
    CHECK(follows(scattered(" ")));
    CHECK_FALSE(follows([](int secret, int) { return "number " + std::to_string(secret) + " of it"; }));
    CHECK_FALSE(follows([](int secret, int) { return "number " + std::to_string(secret + 100) + " of it"; }));
    CHECK(follows([](int secret, int) { return "number " + std::to_string(secret * 1111) + " of it"; }));
}

TEST_CASE("what is the same in all runs, varies by itself, or grows does not follow a secret",
          "[secrets][compare]") {
    CHECK_FALSE(follows([](int, int) { return std::string("GET / HTTP/1.1\r\n\r\n"); }));
    CHECK_FALSE(follows([](int, int run) { return of_it(run); }));
    CHECK_FALSE(follows([](int, int run) { return "second " + of_it(run / 2); }));
    CHECK_FALSE(follows([](int, int run) { return "second " + of_it(run / 3); }));
    CHECK_FALSE(follows([](int, int run) { return "even " + of_it(run % 2); }));
    CHECK_FALSE(follows([](int, int) { return std::string(); }));
}

TEST_CASE("one secret that nothing follows, or the same for two, is no comparison of three",
          "[secrets][compare]") {
    CHECK_FALSE(follows([](int secret, int run) { return of_it(secret == 2 ? 20 + run : secret); }));
    CHECK_FALSE(follows([](int secret, int) { return of_it(secret == 2 ? 1 : secret); }));
}

TEST_CASE("the parts that follow a secret are told from those that do not", "[secrets][compare]") {
    const auto parts =
        follows({[](int, int run) { return of_it(20 + run); }, [](int secret, int) { return of_it(secret); },
                 [](int, int) { return std::string("hello"); }});
    for (const std::vector<bool>& run : parts) CHECK(run == std::vector<bool>{false, true, false});
}

TEST_CASE("what is sent over several parts is counted together, in any order", "[secrets][compare]") {
    const auto parts =
        follows({[](int secret, int run) { return run < 3 ? of_it(secret) : "nothing here"; },
                 [](int secret, int run) { return run < 3 ? "nothing here" : of_it(secret); }});
    CHECK(parts[0] == std::vector<bool>{true, false});
    CHECK(parts[5] == std::vector<bool>{false, true});
}

TEST_CASE("runs that are not six are not compared", "[secrets][compare]") {
    const std::vector<SentParts> five(5, {"a text"});
    CHECK(following(five) == std::vector<std::vector<bool>>(5, {false}));
    CHECK(following({}).empty());
}

}  // namespace guise::secrets::compare_test
