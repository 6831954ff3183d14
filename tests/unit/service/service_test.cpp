#include "service/service.hpp"

#include "service/kit.hpp"

namespace guise::service::service_test {

using Catch::Contains;

namespace {

std::string refusal(const std::string& text, const std::string& name = "test") {
    const auto loaded = kit::load_text(text, name);
    return loaded ? "" : loaded.error().text();
}

const std::string head = "service: test\nurl: \"x://{host}\"\nspeaks: ";

}  // namespace

TEST_CASE("a service of HTTP rules is read whole", "[service][load]") {
    const auto vms = kit::vms();
    CHECK(vms->name == "test");
    CHECK(vms->speaks == Speaks::http);
    CHECK(vms->starts == Starts::tls);
    CHECK(vms->plain_text);
    CHECK(vms->values.at("server_id") == "{uuid:server}");
    REQUIRE(vms->http.size() == 6);
}

TEST_CASE("a service of lines is read whole", "[service][load]") {
    const auto smtp = kit::smtp();
    CHECK(smtp->speaks == Speaks::lines);
    CHECK(smtp->starts == Starts::plain);
    CHECK(smtp->plain.size() == 4);
    CHECK(smtp->tls.size() == 1);
    CHECK(smtp->common.size() == 5);
}

TEST_CASE("a service of bytes has no rules", "[service][load]") {
    CHECK(refusal(head + "bytes\nstarts: tls\n").empty());
    CHECK_THAT(refusal(head + "bytes\nstarts: tls\nrules: []\n"), Contains("unknown key 'rules'"));
    CHECK_THAT(refusal(head + "bytes\nstarts: plain\n"), Contains("4:9: expected tls"));
}

TEST_CASE("what is not of the format is said with its place", "[service][load]") {
    CHECK_THAT(refusal("url: x\nspeaks: http\nstarts: tls\nrules: []\n"), Contains("the key 'service'"));
    CHECK_THAT(refusal(head + "words\nstarts: tls\n"),
               Contains("test.yaml:3:9: expected one of lines, http, bytes, found 'words'"));
    CHECK_THAT(refusal(head + "http\nstarts: tls\n"), Contains("the key 'rules'"));
    CHECK_THAT(refusal(head + "http\nstarts: tls\nplain_text: other\nrules: []\n"),
               Contains("expected same"));
    CHECK_THAT(refusal("service: test\nurl: \"{nobody}\"\nspeaks: bytes\nstarts: tls\n"),
               Contains("2:6: expected a placeholder: host, port, certificate, also, uuid:server, uuid:run, "
                        "canary:NAME, found '{nobody}'"));
    CHECK_THAT(refusal(head + "bytes\nstarts: tls\n", "other"), Contains("'other', the name of the file"));
}

TEST_CASE("the services that come with the program can be read", "[service][load]") {
    const auto services = load_services(GUISE_SOURCE_DIR "/fixtures/services");
    if (!services) FAIL(services.error().text());
    REQUIRE(services->size() >= 3);
    CHECK(services->at("vms")->http.size() == 6);
    CHECK(services->at("smtp-starttls")->starts == Starts::plain);
}

TEST_CASE("the services of a folder are read by name, and http is always there", "[service][load]") {
    const auto dir =
        std::filesystem::temp_directory_path() / ("guise-services-" + std::to_string(::getpid()));
    std::filesystem::create_directories(dir);
    std::ofstream(dir / "own.yaml") << "service: own\nurl: u\nspeaks: bytes\nstarts: tls\n";
    const auto loaded = load_services(dir);
    REQUIRE(loaded.has_value());
    REQUIRE(loaded->size() == 2);
    CHECK(loaded->at("own")->speaks == Speaks::bytes);
    CHECK(loaded->at("http") == short_answer());
    std::ofstream(dir / "bad.yaml") << "service: good\n";
    std::ofstream(dir / "worse.yaml") << "[";
    const auto failed = load_services(dir);
    REQUIRE(failed.has_error());
    CHECK_THAT(failed.error().text(), Contains("bad.yaml") && Contains("worse.yaml"));
    std::filesystem::remove_all(dir);
    CHECK(load_services(dir).has_error());
}

}  // namespace guise::service::service_test
