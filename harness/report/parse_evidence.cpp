#include "report/parse_evidence.hpp"

#include "report/parse.hpp"

namespace guise::report {

using nlohmann::ordered_json;

namespace {

std::chrono::microseconds microseconds(const ordered_json& json) {
    return std::chrono::microseconds(json.get<std::int64_t>());
}

tls::ClientHello parse_hello(const ordered_json& json) {
    tls::ClientHello out;
    out.server_name = parse_bytes(json.at("server_name"));
    for (const ordered_json& name : json.at("alpn")) out.alpn.push_back(parse_bytes(name));
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
    out.resumed = json.at("resumed");
    out.ending = parse_word<tls::Ending>(json.at("ending"));
    out.close_notify = json.at("close_notify");
    out.bytes_in = json.at("bytes_in");
    out.bytes_out = json.at("bytes_out");
    out.application = parse_bytes(json.at("application"));
    out.application_bytes = json.at("application_bytes");
    out.clear = parse_bytes(json.at("clear"));
    out.error = json.at("error");
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

clients::ProcessRecord parse_process(const ordered_json& json) {
    clients::ProcessRecord out;
    for (const ordered_json& argument : json.at("argv")) out.argv.push_back(parse_bytes(argument));
    if (!json.at("exit_code").is_null()) out.exit_code = json.at("exit_code").get<int>();
    if (!json.at("signal").is_null()) out.signal = json.at("signal").get<int>();
    out.killed = json.at("killed");
    out.start_error = json.at("start_error");
    out.output = parse_bytes(json.at("output"));
    out.errors = parse_bytes(json.at("errors"));
    out.lasted = std::chrono::milliseconds(json.at("lasted_ms").get<std::int64_t>());
    return out;
}

}  // namespace

judge::VisitEvidence parse_evidence(const ordered_json& json) {
    judge::VisitEvidence out;
    for (const ordered_json& connection : json.at("connections"))
        out.connections.push_back(parse_connection(connection));
    out.process = parse_process(json.at("process"));
    out.canary = json.at("canary");
    out.client_deadline = std::chrono::seconds(json.at("client_deadline_s").get<std::int64_t>());
    out.adapter = json.at("adapter");
    return out;
}

}  // namespace guise::report
