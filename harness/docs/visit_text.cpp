#include "docs/visit_text.hpp"

#include <fmt/format.h>

namespace guise::docs {

namespace {

using scenario::Connect;

// Where and how the client connects, as far as it is not as usual.
std::string circumstances(const Connect& connect) {
    std::string out;
    if (!connect.at.server.empty()) out += fmt::format(", server {}", connect.at.server);
    if (connect.at.host != "main") out += fmt::format(", host {}", connect.at.host);
    if (connect.at.port != "main") out += fmt::format(", port {}", connect.at.port);
    if (connect.connections > 1) out += fmt::format(", to {} connections at once", connect.connections);
    if (connect.first) out += fmt::format(", the first of which is shown {}", present_text(*connect.first));
    if (connect.resume) out += fmt::format(", resuming visit {}", *connect.resume);
    if (connect.plain_text) out += ", and answers in plain text too";
    if (!connect.starttls.empty()) out += fmt::format(", STARTTLS {}", connect.starttls);
    if (connect.claims && connect.claims->certificate)
        out += fmt::format("; claims to have {}", present_text(*connect.claims->certificate));
    if (connect.claims && connect.claims->also)
        out += fmt::format(", and {}", present_text(*connect.claims->also));
    if (connect.claims && !connect.claims->version.empty())
        out += fmt::format("; claims to be version {}", connect.claims->version);
    if (connect.swap) out += fmt::format("; then presents {}", present_text(connect.swap->present));
    return out + fmt::format(" (if asked: {})", word(connect.answer));
}

std::string visit_text(const scenario::Visit& visit) {
    const std::string whose = visit.client.empty() ? "" : fmt::format("client {}: ", visit.client);
    if (const auto* connect = std::get_if<Connect>(&visit.action))
        return whose + "presents " + present_text(connect->present) + circumstances(*connect);
    if (const auto* mode = std::get_if<scenario::SetMode>(&visit.action))
        return whose + "the mode becomes " + mode->mode;
    if (const auto* clock = std::get_if<scenario::MoveClock>(&visit.action))
        return fmt::format("the clock moves by {} s", clock->by.count());
    return whose + (std::holds_alternative<scenario::Restart>(visit.action) ? "the client is restarted"
                                                                            : "the server is forgotten");
}

}  // namespace

std::string present_text(const pki::Present& present) {
    std::string out = fmt::format("{}, key {}", present.leaf, present.key);
    if (present.issue != 1) out += fmt::format(", issue {}", present.issue);
    for (const pki::DefectUse& use : present.defects) {
        out += fmt::format(", defect {}", use.name);
        if (use.at) out += fmt::format(" at {}", word(*use.at));
    }
    for (std::size_t i = 0; i < present.send.size(); ++i) {
        const pki::SendItem& item = present.send[i];
        out += fmt::format("{}{}{}", i == 0 ? ", sent as " : ", then ",
                           item.part ? std::string(word(*item.part)) : item.recipe,
                           item.key.empty() ? "" : " of key " + item.key);
    }
    return out;
}

std::string faults_text(const std::map<Fault, Level>& faults) {
    std::string out;
    for (const auto& [fault, level] : faults)
        out += fmt::format("{}{} ({})", out.empty() ? "" : ", ", word(fault), word(level));
    return out.empty() ? "none" : out;
}

std::vector<ToldVisit> tell_visits(const scenario::Scenario& scenario, profile::FactsSource& facts) {
    std::chrono::seconds now{0};
    std::map<std::string, std::chrono::seconds> made;
    std::vector<ToldVisit> out;
    for (const scenario::Visit& visit : scenario.visits) {
        ToldVisit& told = out.emplace_back();
        told.text = visit_text(visit);
        if (const auto* clock = std::get_if<scenario::MoveClock>(&visit.action)) now += clock->by;
        told.connect = std::get_if<Connect>(&visit.action);
        if (!told.connect) continue;
        const auto born = made.emplace(told.connect->present.identity(), now).first->second;
        told.faults = facts.of(scenario, told.connect->present, now - born).chain.faults;
        if (told.connect->swap)
            told.swapped =
                facts.of(scenario, told.connect->swap->present, std::chrono::seconds(0)).chain.faults;
    }
    return out;
}

}  // namespace guise::docs
