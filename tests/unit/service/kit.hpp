// Services and facts for the tests of this stage.
#pragma once

#include "service/service.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace guise::service::kit {

inline constexpr const char* canary = "canary-0123456789abcdef0123456789abcdef";

/// Digits that depend on the name and are no hash of it.
inline std::string draw(const std::string& name) {
    constexpr std::uint64_t prime = 1'099'511'628'211U;
    std::uint64_t state = 14'695'981'039'346'656'037U;
    std::string out;
    for (int i = 0; i < 4; ++i) {
        for (const char c : name) state = (state ^ static_cast<unsigned char>(c)) * prime;
        for (int shift = 0; shift < 64; shift += 4) out += "0123456789abcdef"[(state >> shift) & 15U];
    }
    return out;
}

inline Facts facts() {
    Facts out;
    out.host = "vms.guise.test";
    out.port = 7001;
    out.certificate = "the chain\n";
    out.server = "a";
    out.scope = "case";
    out.canary = canary;
    out.public_requests = {"GET /api/moduleInformation"};
    out.random_hex = draw;
    return out;
}

/// Loads a text as the file NAME.yaml.
inline Result<Service> load_text(const std::string& text, const std::string& name = "test") {
    const auto dir = std::filesystem::temp_directory_path() / ("guise-service-" + std::to_string(::getpid()));
    std::filesystem::create_directories(dir);
    const auto file = dir / (name + ".yaml");
    std::ofstream(file) << text;
    auto out = load_service(file);
    std::filesystem::remove_all(dir);
    return out;
}

inline std::shared_ptr<const Service> service(const std::string& text) {
    auto loaded = load_text(text);
    if (!loaded) FAIL(loaded.error().text());
    return std::make_shared<const Service>(std::move(*loaded));
}

/// The vendor's server, as far as these tests need it.
inline std::shared_ptr<const Service> vms() {
    return service(R"(service: test
url: "https://{host}:{port}"
speaks: http
starts: tls
plain_text: same
values: {server_id: "{uuid:server}"}
rules:
  - match: "GET /api/moduleInformation"
    json: {reply: {id: "{server_id}", version: 5.1.0.0, protoVersion: 5100, sslAllowed: true, port: "{port}", at: ["{host}:{port}"]}}
  - match: "GET /rest/v*/servers/[*]/info"
    json: [{certificatePem: "{certificate}"}]
  - match: "POST /rest/v*/login/sessions"
    secret: [json:password]
    json: {token: "{canary:token}"}
  - match: "GET /api/moduleInformationAuthenticated"
    challenge: {digest: {realm: VMS, qop: auth}}
    secret: [http-digest]
    json: {reply: ok}
  - match: "* /rest/v*/**"
    secret: [bearer]
    unless: secret
    status: 401
    json: {error: unauthorized}
  - match: "GET /rest/**"
    json: {inside: true}
)");
}

/// SMTP with STARTTLS.
inline std::shared_ptr<const Service> smtp() {
    return service(R"(service: test
url: "smtp://{host}:{port}"
speaks: lines
starts: plain
greet: "220 {host} ESMTP\r\n"
plain:
  - {match: '(?i)^EHLO .*', only: hidden, send: "250 AUTH PLAIN LOGIN\r\n"}
  - {match: '(?i)^EHLO .*', send: "250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n"}
  - {match: '(?i)^STARTTLS$', only: refused, send: "454 TLS not available\r\n"}
  - {match: '(?i)^STARTTLS$', send: "220 ready\r\n", then: tls}
tls:
  - {match: '(?i)^EHLO .*', send: "250 AUTH PLAIN LOGIN\r\n"}
common:
  - {match: '(?i)^AUTH PLAIN \S+$', send: "235 ok\r\n", secret: [base64]}
  - match: '(?i)^AUTH LOGIN$'
    send: "334 user\r\n"
    next: [{match: '.*', send: "334 password\r\n"}, {match: '^\S+$', send: "235 ok\r\n", secret: [base64]}]
  - {match: '(?i)^DATA$', send: "354 go on\r\n", until: '^\.$', reply: "250 queued\r\n"}
  - {match: '(?i)^QUIT$', send: "221 bye\r\n", then: close}
  - {match: '.*', send: "250 ok\r\n"}
)");
}

}  // namespace guise::service::kit
