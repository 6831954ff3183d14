#include "cli/program.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::cli::serve_test {

namespace kit = guise::kit;

namespace {

// `guise serve`, ended as soon as it has said that it is ready.
Ran serve(const guise::TemporaryFolder& folder, std::vector<std::string> more) {
    more.insert(more.begin(), {"serve", "--dir", (folder.path() / "trust").string()});
    EndsAtFlush out;
    return run_into(out, more);
}

}  // namespace

TEST_CASE("an address that others can reach needs its flag", "[serve]") {
    for (const char* address : {"0.0.0.0", "192.0.2.1", "::", "localhost", "example.com"}) {
        const Ran ran = run_guise({"serve", "--listen", address});
        CHECK(ran.code == 4);
        CHECK(ran.out.empty());
        CHECK(ran.err.starts_with("--listen: " + std::string(address) + " is not a loopback address"));
        CHECK(ran.err.ends_with("add --i-know-this-is-not-loopback\n"));
    }
}

TEST_CASE("an address that cannot be bound is the fault of the machine", "[serve]") {
    const guise::TemporaryFolder folder;
    const Ran ran =
        serve(folder, {"--i-know-this-is-not-loopback", "--listen", "192.0.2.1", "trust/self-signed"});
    CHECK(ran.code == 11);
    CHECK_FALSE(ran.err.empty());
}

TEST_CASE("a scenario that nobody knows exits 4", "[serve]") {
    const Ran ran = run_guise({"serve", "no/such"});
    CHECK(ran.code == 4);
    CHECK(has(ran.err, "(see `guise list scenarios`), found 'no/such'\n"));
}

TEST_CASE("arguments that are none exit 4", "[serve]") {
    CHECK(run_guise({"serve", "--now", "tomorrow"}).code == 4);
    CHECK(run_guise({"serve", "--port", "70000"}).code == 4);
    CHECK(run_guise({"serve", "--loud"}).code == 4);
}

TEST_CASE("a server says where each scenario is, and ends at a signal", "[serve]") {
    const guise::TemporaryFolder folder;
    const Ran ran = serve(folder, {"trust/self-signed", "trust/root-signed"});
    CHECK(ran.code == 0);
    CHECK(ran.out.starts_with("https://localhost:"));
    CHECK(has(ran.out, " trust/self-signed\n"));
    CHECK(has(ran.out, "for example https://root-signed.trust.guise.test:"));
    CHECK(has(ran.out, (folder.path() / "trust" / "root.pem").string()));
}

TEST_CASE("as JSON a server is one line with everything a program needs", "[serve]") {
    const guise::TemporaryFolder folder;
    const Ran ran = serve(folder, {"--json", "trust/self-signed-installed"});
    const auto ready = nlohmann::json::parse(ran.out);
    CHECK(ready["type"] == "ready");
    CHECK(ready["root"] == (folder.path() / "trust" / "root.pem").string());
    REQUIRE(ready["scenarios"].size() == 1);
    const auto& one = ready["scenarios"][0];
    const std::string port = std::to_string(one["port"].get<int>());
    const std::string shared = std::to_string(ready["shared_port"].get<int>());
    CHECK(one["id"] == "trust/self-signed-installed");
    CHECK(one["url"] == "https://localhost:" + port + "/");
    CHECK(one["named_url"] == "https://self-signed-installed.trust.guise.test:" + shared + "/");
    CHECK(one["trust"] == (folder.path() / "trust" / "trust_self-signed-installed.pem").string());
}

TEST_CASE("a URL names the address that is listened on, IPv6 in brackets", "[serve]") {
    const guise::TemporaryFolder folder;
    const auto url_on = [&](const std::string& address) -> std::string {
        const Ran ran = serve(folder, {"--json", "--listen", address, "trust/self-signed"});
        return ran.code == 0 ? nlohmann::json::parse(ran.out)["scenarios"][0]["url"].get<std::string>() : "";
    };
    CHECK(url_on("127.0.0.2").starts_with("https://127.0.0.2:"));
    const std::string six = url_on("::1");  // empty where the machine has no IPv6
    CHECK((six.empty() || six.starts_with("https://[::1]:")));
}

}  // namespace guise::cli::serve_test
