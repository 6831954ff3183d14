#include "report/evidence_json.hpp"

#include "report/json.hpp"

#include <nlohmann/json.hpp>

namespace guise::report {

using nlohmann::ordered_json;

namespace {

ordered_json alert_json(const tls::Alert& alert) {
    return {{"direction", word(alert.direction)}, {"level", alert.level},
            {"description", alert.description},   {"name", tls::alert_name(alert.description)},
            {"in_clear", alert.in_clear},         {"at_us", alert.at.count()}};
}

ordered_json hello_json(const tls::ClientHello& hello) {
    return {{"server_name", bytes_json(hello.server_name)},
            {"alpn",
             [&] {
                 ordered_json names = ordered_json::array();
                 for (const std::string& name : hello.alpn) names.push_back(bytes_json(name));
                 return names;
             }()},
            {"versions", hello.versions},
            {"cipher_suites", hello.cipher_suites},
            {"groups", hello.groups},
            {"signature_schemes", hello.signature_schemes},
            {"extensions", hello.extensions},
            {"offers_resumption", hello.offers_resumption}};
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
                     {"resumed", connection.resumed},
                     {"ending", word(connection.ending)},
                     {"close_notify", connection.close_notify},
                     {"bytes_in", connection.bytes_in},
                     {"bytes_out", connection.bytes_out},
                     {"application", bytes_json(connection.application)},
                     {"application_bytes", connection.application_bytes},
                     {"clear", bytes_json(connection.clear)},
                     {"error", connection.error},
                     {"lasted_us", connection.lasted.count()}};
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

ordered_json to_json(const clients::ProcessRecord& process) {
    ordered_json argv = ordered_json::array();
    for (const std::string& argument : process.argv) argv.push_back(bytes_json(argument));
    ordered_json out{{"argv", std::move(argv)}};
    out["exit_code"] = process.exit_code ? ordered_json(*process.exit_code) : ordered_json(nullptr);
    out["signal"] = process.signal ? ordered_json(*process.signal) : ordered_json(nullptr);
    out["killed"] = process.killed;
    out["start_error"] = process.start_error;
    out["output"] = bytes_json(process.output);
    out["errors"] = bytes_json(process.errors);
    out["lasted_ms"] = process.lasted.count();
    return out;
}

ordered_json to_json(const judge::VisitEvidence& evidence) {
    ordered_json connections = ordered_json::array();
    for (const tls::Transcript& connection : evidence.connections) connections.push_back(to_json(connection));
    return {{"connections", std::move(connections)},
            {"process", to_json(evidence.process)},
            {"canary", evidence.canary},
            {"client_deadline_s", evidence.client_deadline.count()},
            {"adapter", evidence.adapter}};
}

}  // namespace guise::report
