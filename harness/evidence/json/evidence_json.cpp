#include "evidence/json/evidence_json.hpp"

#include "base/time.hpp"
#include "evidence/json/client_json.hpp"
#include "evidence/json/values.hpp"
#include "tls/ja4.hpp"

#include <nlohmann/json.hpp>

namespace guise::evidence {

using nlohmann::ordered_json;

namespace {

ordered_json alert_json(const tls::Alert& alert) {
    return {{"direction", word(alert.direction)}, {"level", alert.level},
            {"description", alert.description},   {"name", tls::alert_name(alert.description)},
            {"in_clear", alert.in_clear},         {"at_us", alert.at.count()}};
}

ordered_json hello_json(const tls::ClientHello& hello) {
    return {{"server_name", bytes_json(hello.server_name)},
            {"alpn", bytes_list_json(hello.alpn)},
            {"versions", hello.versions},
            {"cipher_suites", hello.cipher_suites},
            {"groups", hello.groups},
            {"signature_schemes", hello.signature_schemes},
            {"extensions", hello.extensions},
            {"offers_resumption", hello.offers_resumption},
            {"ja4", tls::ja4(hello)}};
}

ordered_json presented_json(const Presented& presented) {
    return {{"host", presented.host},
            {"port", presented.port},
            {"issuer", bytes_json(presented.issuer)},
            {"issuer_name", bytes_json(presented.issuer_name)},
            {"self_signed", presented.self_signed},
            {"not_after", time_text(presented.not_after)},
            {"sha1", presented.sha1},
            {"sha256", presented.sha256},
            {"subject", bytes_json(presented.subject)}};
}

ordered_json certificate_json(const pki::CertificateFacts& facts) {
    if (facts.key.empty()) return {{"sha256", facts.sha256}};
    return {{"subject", facts.subject},
            {"issuer", facts.issuer},
            {"names", facts.names},
            {"not_before", time_text(facts.not_before)},
            {"not_after", time_text(facts.not_after)},
            {"key", facts.key},
            {"signature", facts.signature},
            {"is_ca", facts.is_ca},
            {"self_signed", facts.self_signed},
            {"serial", facts.serial},
            {"sha256", facts.sha256}};
}

void add_chain(ordered_json& evidence, const char* name, const ShownChain& chain) {
    for (const pki::CertificateFacts& facts : chain) evidence[name].push_back(certificate_json(facts));
}

}  // namespace

ordered_json to_json(const tls::Transcript& connection) {
    ordered_json out{{"presented", connection.presented},
                     {"peer", connection.peer},
                     {"speaks_tls", connection.speaks_tls},
                     {"certificate_sent", connection.certificate_sent},
                     {"finished", connection.finished},
                     {"version", connection.version},
                     {"cipher", connection.cipher},
                     {"group", connection.group},
                     {"resumed", connection.resumed},
                     {"ending", word(connection.ending)},
                     {"close_notify", connection.close_notify},
                     {"bytes_in", connection.bytes_in},
                     {"bytes_out", connection.bytes_out},
                     {"application", bytes_json(connection.application)},
                     {"application_bytes", connection.application_bytes},
                     {"clear", bytes_json(connection.clear)},
                     {"error", connection.error},
                     {"began_us", connection.began.count()},
                     {"lasted_us", connection.lasted.count()}};
    if (connection.visit > 0) out["visit"] = connection.visit;
    if (!connection.client_certificate.empty()) out["client_certificate"] = connection.client_certificate;
    if (connection.secret_proven) out["secret_proven"] = true;
    if (!connection.hello_secret.empty()) out["hello_secret"] = connection.hello_secret;
    if (!connection.application_secret.empty()) out["application_secret"] = connection.application_secret;
    if (!connection.clear_secret.empty()) out["clear_secret"] = connection.clear_secret;
    out["hello"] = connection.hello ? hello_json(*connection.hello) : ordered_json(nullptr);
    out["alerts"] = ordered_json::array();
    for (const tls::Alert& alert : connection.alerts) out["alerts"].push_back(alert_json(alert));
    out["steps"] = ordered_json::array();
    for (const tls::Step& step : connection.steps)
        out["steps"].push_back({{"direction", word(step.direction)},
                                {"what", step.what},
                                {"bytes", step.bytes},
                                {"at_us", step.at.count()}});
    return out;
}

ordered_json to_json(const VisitEvidence& evidence) {
    ordered_json connections = ordered_json::array();
    for (const tls::Transcript& connection : evidence.connections) connections.push_back(to_json(connection));
    ordered_json out{{"connections", std::move(connections)}};
    add_client(out, evidence.client);
    out["canary"] = evidence.canary;
    out["client_deadline_s"] = evidence.client_deadline.count();
    out["adapter"] = evidence.adapter;
    for (const Aside& aside : evidence.asides)
        out["asides"].push_back({{"to", aside.to}, {"how", aside.how}});
    if (evidence.has_identity) out["has_identity"] = true;
    if (evidence.presented) out["presented"] = presented_json(*evidence.presented);
    add_chain(out, "chain", evidence.chain);
    if (!evidence.swapped.empty()) out["swapped"] = evidence.swapped;
    add_chain(out, "swapped_chain", evidence.swapped_chain);
    if (!evidence.first.empty()) out["first"] = evidence.first;
    for (const Fetched& each : evidence.fetched)
        out["fetched"].push_back({{"channel", word(each.topic.channel)},
                                  {"position", word(each.topic.position)},
                                  {"path", each.path},
                                  {"at_ms", each.at.count()}});
    return out;
}

}  // namespace guise::evidence
