#include "cli/serve_output.hpp"

#include "cli/program.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::cli::serve_output_test {

namespace kit = guise::kit;

namespace {

template <class Print>
std::string printed(Print print) {
    std::stringbuf out;
    const Captured captured(std::cout, &out);
    print();
    return out.str();
}

tls::Transcript refused() {
    tls::Transcript out;
    out.peer = "127.0.0.1:4000";
    out.version = "TLSv1.3";
    out.speaks_tls = out.certificate_sent = true;
    out.ending = tls::Ending::client_closed;
    out.alerts = {{tls::Direction::received, 2, 48, true, {}}};
    return out;
}

}  // namespace

TEST_CASE("a URL names localhost, an address, or an IPv6 address in brackets", "[serve]") {
    CHECK(url_of("127.0.0.1", 443) == "https://localhost:443/");
    CHECK(url_of("127.0.0.2", 443) == "https://127.0.0.2:443/");
    CHECK(url_of("::1", 443) == "https://[::1]:443/");
}

TEST_CASE("a connection is told in one line", "[serve]") {
    const std::string line = printed([] { print_connection("trust/self-signed", refused(), false); });
    CHECK(line.starts_with("trust/self-signed "));
    CHECK(has(line, "127.0.0.1:4000"));
    CHECK(has(line, "refused-alert unknown_ca (48)"));
    CHECK(std::count(line.begin(), line.end(), '\n') == 1);
}

TEST_CASE("a connection is told to a program", "[serve]") {
    const auto json = nlohmann::json::parse(printed([] { print_connection("a/b", refused(), true); }));
    CHECK(json["type"] == "connection");
    CHECK(json["outcome"] == "refused-alert");
    CHECK(json["alert"] == "unknown_ca");
}

TEST_CASE("what was fetched is told in one line, and to a program", "[serve]") {
    CHECK(printed([] { print_fetch("folder/x.crl", false); }) == "fetched folder/x.crl\n");
    CHECK(printed([] { print_fetch("folder/x.crl", true); }) ==
          "{\"type\":\"fetched\",\"path\":\"folder/x.crl\"}\n");
}

TEST_CASE("a file that is served is told with its URL, and to a program", "[serve]") {
    CHECK(printed([] { print_ready_file("cert.pem", "127.0.0.1", 4433, false); }) ==
          "https://localhost:4433/  cert.pem\nCtrl-C ends it.\n");
    CHECK(printed([] { print_ready_file("cert.pem", "::1", 4433, true); }) ==
          "{\"type\":\"ready\",\"id\":\"cert.pem\",\"url\":\"https://[::1]:4433/"
          "\",\"address\":\"::1\",\"port\":"
          "4433}\n");
}

TEST_CASE("a visit is told with its address, its name and its root", "[serve]") {
    boost::asio::io_context io;
    auto provider = kit::make_provider();
    const auto stand = serve::HeldScenario::open(
        io.get_executor(), provider, kit::scenario_of("trust/self-signed"), {"127.0.0.1", 0, "x"});
    const std::string text = printed([&] { print_visit(**stand, "127.0.0.1", "dir/root.pem"); });
    CHECK(has(text, "trust/self-signed: visit 1 of 1"));
    CHECK(has(text, url_of("127.0.0.1", (*stand)->port())));
    CHECK(has(text, "self-signed.trust.guise.test"));
    CHECK(has(text, "dir/root.pem"));
}

}  // namespace guise::cli::serve_output_test
