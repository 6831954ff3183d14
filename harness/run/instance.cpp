#include "run/instance.hpp"

namespace guise::run {

namespace {

void need(const scenario::Connect& connect, clients::Needs& out) {
    out.resumption = out.resumption || connect.resume.has_value();
    out.connections = out.connections || connect.connections > 1;
    out.forget_one = out.forget_one || connect.at != scenario::At{};
    out.once = out.once || connect.answer == scenario::Answer::once;
}

}  // namespace

clients::Needs needs_of(const scenario::Scenario& scenario, const std::string& mode) {
    clients::Needs out;
    if (mode != "default") out.mode = mode;
    for (const scenario::Visit& visit : scenario.visits) {
        out.instances = out.instances || !visit.client.empty();
        out.restart = out.restart || std::holds_alternative<scenario::Restart>(visit.action);
        out.mode_set = out.mode_set || std::holds_alternative<scenario::SetMode>(visit.action);
        out.forget = out.forget || std::holds_alternative<scenario::Forget>(visit.action);
        out.clock = out.clock || std::holds_alternative<scenario::MoveClock>(visit.action);
        if (const auto* connect = std::get_if<scenario::Connect>(&visit.action)) need(*connect, out);
    }
    out.kept_connections = scenario.keeps_connections;
    out.forget_one = out.forget_one && out.forget;
    return out;
}

std::string server_label(const scenario::At& at) {
    const bool elsewhere = at.host != "main" || at.port != "main";
    if (at.server == "same" || (at.server.empty() && !elsewhere)) return "main";
    return at.server.empty() ? at.host + "-" + at.port : at.server;
}

}  // namespace guise::run
