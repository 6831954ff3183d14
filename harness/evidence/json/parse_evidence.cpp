#include "evidence/json/parse_evidence.hpp"

#include "evidence/json/parse_client.hpp"
#include "evidence/json/values.hpp"

namespace guise::evidence {

using nlohmann::ordered_json;

namespace {

std::chrono::microseconds microseconds(const ordered_json& json) {
    return std::chrono::microseconds(json.get<std::int64_t>());
}

tls::ClientHello parse_hello(const ordered_json& json) {
    tls::ClientHello out;
    out.server_name = parse_bytes(json.at("server_name"));
    out.alpn = parse_bytes_list(json.at("alpn"));
    json.at("versions").get_to(out.versions);
    json.at("cipher_suites").get_to(out.cipher_suites);
    json.at("groups").get_to(out.groups);
    json.at("signature_schemes").get_to(out.signature_schemes);
    json.at("extensions").get_to(out.extensions);
    out.offers_resumption = json.at("offers_resumption");
    return out;
}

tls::Transcript parse_connection(const ordered_json& json) {
    tls::Transcript out;
    out.presented = json.at("presented");
    out.peer = json.at("peer");
    out.speaks_tls = json.at("speaks_tls");
    out.certificate_sent = json.at("certificate_sent");
    out.finished = json.at("finished");
    out.version = json.at("version");
    out.cipher = json.at("cipher");
    out.group = json.value("group", "");
    out.resumed = json.at("resumed");
    out.ending = parse_word<tls::Ending>(json.at("ending"));
    out.close_notify = json.at("close_notify");
    out.bytes_in = json.at("bytes_in");
    out.bytes_out = json.at("bytes_out");
    out.application = parse_bytes(json.at("application"));
    out.application_bytes = json.at("application_bytes");
    out.clear = parse_bytes(json.at("clear"));
    out.visit = json.value("visit", 0);
    out.client_certificate = json.value("client_certificate", "");
    out.secret_proven = json.value("secret_proven", false);
    out.hello_secret = json.value("hello_secret", std::string());
    out.application_secret = json.value("application_secret", std::string());
    out.clear_secret = json.value("clear_secret", std::string());
    out.error = json.at("error");
    out.began = std::chrono::microseconds(json.value("began_us", std::int64_t{0}));
    out.lasted = microseconds(json.at("lasted_us"));
    if (!json.at("hello").is_null()) out.hello = parse_hello(json.at("hello"));
    for (const ordered_json& alert : json.at("alerts"))
        out.alerts.push_back({parse_word<tls::Direction>(alert.at("direction")), alert.at("level"),
                              alert.at("description"), alert.at("in_clear"),
                              microseconds(alert.at("at_us"))});
    for (const ordered_json& step : json.at("steps"))
        out.steps.push_back({parse_word<tls::Direction>(step.at("direction")), step.at("what"),
                             step.at("bytes"), microseconds(step.at("at_us"))});
    return out;
}

Presented parse_presented(const ordered_json& json) {
    Presented out;
    out.host = json.at("host");
    out.port = json.at("port");
    out.issuer = parse_bytes(json.at("issuer"));
    out.issuer_name = parse_bytes(json.at("issuer_name"));
    out.self_signed = json.at("self_signed");
    out.not_after = parse_time(json.at("not_after"));
    out.sha1 = json.at("sha1");
    out.sha256 = json.at("sha256");
    if (json.contains("subject")) out.subject = parse_bytes(json.at("subject"));
    return out;
}

pki::CertificateFacts parse_certificate(const ordered_json& json) {
    pki::CertificateFacts out;
    out.sha256 = json.at("sha256");
    if (!json.contains("key")) return out;
    out.subject = json.at("subject");
    out.issuer = json.at("issuer");
    json.at("names").get_to(out.names);
    out.not_before = parse_time(json.at("not_before"));
    out.not_after = parse_time(json.at("not_after"));
    out.key = json.at("key");
    out.signature = json.at("signature");
    out.is_ca = json.at("is_ca");
    out.self_signed = json.at("self_signed");
    out.serial = json.at("serial");
    return out;
}

ShownChain parse_chain(const ordered_json& evidence, const char* name) {
    ShownChain out;
    if (!evidence.contains(name)) return out;
    for (const ordered_json& certificate : evidence.at(name)) out.push_back(parse_certificate(certificate));
    return out;
}

}  // namespace

VisitEvidence parse_evidence(const ordered_json& json) {
    VisitEvidence out;
    for (const ordered_json& connection : json.at("connections"))
        out.connections.push_back(parse_connection(connection));
    out.client = parse_client(json);
    out.canary = json.at("canary");
    out.client_deadline = std::chrono::seconds(json.at("client_deadline_s").get<std::int64_t>());
    out.adapter = json.at("adapter");
    for (const ordered_json& aside : json.value("asides", ordered_json::array()))
        out.asides.push_back({aside.at("to"), aside.at("how")});
    out.has_identity = json.value("has_identity", false);
    if (json.contains("presented")) out.presented = parse_presented(json.at("presented"));
    out.chain = parse_chain(json, "chain");
    out.swapped = json.value("swapped", "");
    out.swapped_chain = parse_chain(json, "swapped_chain");
    out.first = json.value("first", "");
    if (json.contains("fetched"))
        for (const ordered_json& each : json.at("fetched"))
            out.fetched.push_back({{parse_word<pki::Channel>(each.at("channel")),
                                    parse_word<pki::Position>(each.at("position"))},
                                   each.at("path"),
                                   std::chrono::milliseconds(each.at("at_ms").get<std::int64_t>())});
    return out;
}

}  // namespace guise::evidence
