#include "import/limbo_file.hpp"

#include "import/limbo_kit.hpp"

#include <catch2/catch.hpp>

namespace guise::imports::limbo_file_test {

using namespace guise::run;
using nlohmann::json;

namespace {

json good() { return kit::limbo_case("good", "leaf", "host.example", "SUCCESS", kit::now); }

LimboFile read(const json& cases) {
    const TemporaryFolder folder;
    return read_limbo(kit::write_limbo(folder.path(), cases)).value();
}

json with(const char* field, const json& value) {
    json out = good();
    out[field] = value;
    return out;
}

std::string problem(const json& corpus) {
    const TemporaryFolder folder;
    kit::write(folder.path() / "limbo.json", corpus.is_string() ? corpus.get<std::string>() : corpus.dump());
    const auto read = read_limbo(folder.path() / "limbo.json");
    return read ? "" : read.error().text();
}

}  // namespace

TEST_CASE("a case that a server can show has its chain, host and root", "[limbo]") {
    const LimboFile file = read(good());
    REQUIRE(file.cases.size() == 1);
    const LimboCase& each = file.cases[0];
    CHECK(each.id == "good");
    CHECK(each.succeeds);
    CHECK_FALSE(each.ip);
    CHECK(each.given.host == "host.example");
    CHECK(each.given.presentation->certificates.size() == 2);
    CHECK(each.given.presentation->key);
    CHECK(each.given.trust_pem ==
          good()["trusted_certs"][0].get<std::string>().substr(0, 28) + each.given.trust_pem.substr(28));
    CHECK_FALSE(each.given.now);
    CHECK(file.digest.size() == 64);
}

TEST_CASE("times are read in every form of the corpus", "[limbo]") {
    for (const char* text : {"2024-03-01T00:00:00+00:00", "2024-03-01T00:00:00Z", "2024-03-01T00:00:00.999Z"})
        CHECK(read(with("validation_time", text)).cases.at(0).given.now ==
              std::chrono::sys_days(std::chrono::year(2024) / 3 / 1));
}

TEST_CASE("what cannot be replayed is counted with its reason", "[limbo]") {
    const auto reason = [](const char* field, const json& value) {
        const LimboFile file = read(with(field, value));
        CHECK(file.cases.empty());
        return file.skipped.at(0).reason;
    };
    CHECK(reason("validation_kind", "CLIENT") == "it validates a client");
    CHECK(reason("peer_certificate_key", nullptr) == "it has no key: nobody can show its leaf");
    CHECK(reason("peer_certificate_key", "nonsense") == "its key is of a kind that BoringSSL does not have");
    CHECK(reason("crls", json::array({"a CRL"})) == "it needs CRLs");
    CHECK(reason("max_chain_depth", 2) == "it needs a limit of the chain's depth");
    CHECK(reason("expected_peer_name", {{"kind", "RFC822"}, {"value", "a@b"}}) ==
          "it expects a name of kind RFC822");
}

TEST_CASE("a case that expects no name gives the client one of the leaf's", "[limbo]") {
    const LimboFile file = read(with("expected_peer_name", nullptr));
    CHECK(file.cases.at(0).nameless);
    CHECK(file.cases.at(0).given.host == "host.example");
}

TEST_CASE("an address as a name is told from a host", "[limbo]") {
    CHECK(read(with("expected_peer_name", {{"kind", "IP"}, {"value", "192.0.2.1"}})).cases.at(0).ip);
}

TEST_CASE("a file that is no corpus says what is expected", "[limbo]") {
    CHECK_THAT(problem("{"), Catch::Contains("limbo.json:1:2: expected JSON"));
    CHECK_THAT(problem({{"version", 2}, {"testcases", json::array()}}),
               Catch::Contains("expected version 1"));
    CHECK_THAT(problem({{"version", 1}, {"testcases", json::array({{{"id", "x"}}})}}),
               Catch::Contains("number 1"));
    CHECK_THAT(problem({{"version", 1}, {"testcases", json::array({with("validation_time", "soon")})}}),
               Catch::Contains("found 'soon'"));
    CHECK(read_limbo("/nowhere/limbo.json").has_error());
}

}  // namespace guise::imports::limbo_file_test
