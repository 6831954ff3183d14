#include "base/time.hpp"
#include "cli/program.hpp"
#include "pki/pem.hpp"
#include "run/kit.hpp"
#include "serve/serve.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <future>
#include <thread>

namespace guise::cli::show_test {

namespace kit = guise::kit;

namespace {

std::string root_pem() {
    auto provider = kit::make_provider();
    return provider.root_pem().value();
}

// A root that is valid today.
std::string fresh_root(const std::string& seed) {
    const auto now = machine_clock();
    return server::ChainProvider(kit::inputs(), server::SeededGenerator(seed), now, {}).root_pem().value();
}

// A server of one scenario in a thread of its own, for as long as this lives.
class Served final {
 public:
    explicit Served(const std::string& id) {
        std::promise<std::uint16_t> ready;
        thread_ = std::thread([this, &ready, id] {
            (void)serve::serve(
                provider_, {&kit::scenario_of(id)},
                {.address = "127.0.0.1", .port = 0, .dir = folder_.path()},
                [&](const serve::ServedScenarios& server) { ready.set_value(server.served()[0]->port); },
                [](const serve::Served*, const tls::Transcript&) {});
        });
        port_ = ready.get_future().get();
    }
    ~Served() {
        std::raise(SIGTERM);
        thread_.join();
    }
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
    TemporaryFolder folder_;
    server::ChainProvider provider_ = kit::make_provider();
    std::thread thread_;
    std::uint16_t port_ = 0;
};

}  // namespace

TEST_CASE("a PEM file is shown", "[show]") {
    const kit::Files files;
    const Ran ran = run_guise({"show", files.write("root.pem", root_pem())});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "UNTRUSTED guise run root"));
    CHECK(has(ran.out, "Signer:       Self\n"));
    CHECK_FALSE(has(ran.out, "Chain:"));
}

TEST_CASE("a DER file is shown like the same certificate in PEM", "[show]") {
    const kit::Files files;
    const std::string pem = root_pem();
    const Bytes der = pki::from_pem(pem, "root").value().at(0);
    const std::string one = files.write("root.pem", pem);
    const std::string other = files.write("root.der", std::string(as_text(der)));
    CHECK(run_guise({"show", other}).out == run_guise({"show", one}).out);
}

TEST_CASE("a file of several certificates is shown as a chain", "[show]") {
    const kit::Files files;
    const Ran ran = run_guise({"show", files.write("chain.pem", root_pem() + root_pem())});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "Chain:\n  1. "));
}

TEST_CASE("a chain is shown as JSON", "[show]") {
    const kit::Files files;
    const Ran ran = run_guise({"show", "--json", files.write("root.pem", root_pem())});
    CHECK(nlohmann::json::parse(ran.out)[0]["self_signed"] == true);
}

TEST_CASE("a server is shown by what it presents", "[show]") {
    const Served served("trust/self-signed");
    const Ran ran = run_guise({"show", served.address()});
    CHECK(ran.code == 0);
    CHECK(has(ran.out, "Signer:       Self\n"));
    CHECK(has(ran.out, "self-signed.trust.guise.test"));
}

TEST_CASE("what is no file and no server exits 4", "[show]") {
    const Ran ran = run_guise({"show", "nothing.pem"});
    CHECK(ran.code == 4);
    CHECK(ran.err ==
          "nothing.pem: expected a readable file, or HOST:PORT ([::1]:443 for IPv6), found none\n");
    for (const char* text : {"host:", ":443", "host:0", "host:70000", "host:https", "", "/"})
        CHECK(run_guise({"show", text}).code == 4);
}

TEST_CASE("a name that no file system takes is no file", "[show]") {
    const Ran ran = run_guise({"show", std::string(300, 'x')});
    CHECK(ran.code == 4);
    CHECK(ran.err.ends_with(
        ": expected a readable file, or HOST:PORT ([::1]:443 for IPv6), found File name too long\n"));
}

TEST_CASE("a file that holds no certificate exits 4 and says what is wrong", "[show]") {
    const kit::Files files;
    const std::string text = files.write("text", "hello");
    CHECK(run_guise({"show", text}).code == 4);
    CHECK(has(run_guise({"show", text}).err, text));
    CHECK(run_guise({"show", files.write("empty", "")}).code == 4);
    const Ran other = run_guise({"show", files.write("other.pem", "-----BEGIN X-----\n-----END X-----\n")});
    CHECK(other.code == 4);
    CHECK_FALSE(other.err.empty());
}

TEST_CASE("a server where nobody listens exits 4 and says so", "[show]") {
    std::string address;
    {
        const Served gone("trust/self-signed");
        address = gone.address();
    }
    const Ran ran = run_guise({"show", address});
    CHECK(ran.code == 4);
    CHECK(
        has(ran.err, address + ": expected a TLS server that shows a certificate, found Connection refused"));
}

TEST_CASE("whether a chain is trusted depends on the roots that are named", "[show]") {
    const kit::Files files;
    const std::string root = files.write("root.pem", fresh_root("one"));
    CHECK(has(run_guise({"show", root, "--trust", root}).out, "Trusted:      yes, by " + root));
    const std::string other = files.write("other.pem", fresh_root("other"));
    CHECK(has(run_guise({"show", root, "--trust", other}).out, "Trusted:      no, by " + other));
}

TEST_CASE("roots that cannot be read exit 4", "[show]") {
    const kit::Files files;
    const Ran ran = run_guise({"show", files.write("root.pem", root_pem()), "--trust", "nothing.pem"});
    CHECK(ran.code == 4);
    CHECK(has(ran.err, "nothing.pem"));
}

}  // namespace guise::cli::show_test
