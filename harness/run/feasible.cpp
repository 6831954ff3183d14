#include "run/feasible.hpp"

#include <fmt/format.h>

namespace guise::run {

namespace {

using scenario::Connect;

std::string special(const Connect& visit) {
    if (visit.swap) return "swap";
    if (visit.claims) return "claims";
    if (visit.resume) return "resume";
    if (visit.connections != 1) return "connections";
    if (visit.plain_text) return "plain-text";
    if (!visit.starttls.empty()) return "starttls";
    if (visit.at != scenario::At{}) return "at";
    return {};
}

std::string special(const scenario::Visit& visit) {
    if (!visit.client.empty()) return "client";
    if (const auto* connect = std::get_if<Connect>(&visit.action)) return special(*connect);
    if (std::holds_alternative<scenario::Restart>(visit.action)) return "restart";
    if (std::holds_alternative<scenario::SetMode>(visit.action)) return "mode";
    if (std::holds_alternative<scenario::Forget>(visit.action)) return "forget";
    return "clock";
}

bool about_names(const scenario::Scenario& scenario, const pki::Library& library) {
    if (scenario.area() == "names") return true;
    for (const scenario::Visit& visit : scenario.visits)
        if (const auto* connect = std::get_if<Connect>(&visit.action))
            for (const pki::DefectUse& use : connect->present.defects) {
                const auto& faults = library.defects.at(use.name).faults;
                if (faults.contains(Fault::wrong_name) || faults.contains(Fault::name_constraint))
                    return true;
            }
    return false;
}

}  // namespace

std::string not_supported(const scenario::Scenario& scenario, const clients::Client& client,
                          const profile::Profile& profile) {
    if (client.driver != clients::Driver::exec)
        return fmt::format("the driver {} is not supported yet", word(client.driver));
    if (client.service != "http") return fmt::format("the service {} is not supported yet", client.service);
    if (profile.pin.what != profile::PinWhat::nothing) return "profiles that pin are not supported yet";
    if (!scenario.clients.empty()) return "several clients in one scenario are not supported yet";
    for (const scenario::Visit& visit : scenario.visits)
        if (const std::string what = special(visit); !what.empty())
            return fmt::format("'{}' in a visit is not supported yet", what);
    for (const scenario::Expect& expect : scenario.expect)
        if (expect.prompts) return "the expectation 'prompts' is not supported yet";
    return {};
}

std::string not_applicable(const scenario::Scenario& scenario, clients::Reach reach,
                           const pki::Library& library) {
    if (reach == clients::Reach::localhost && about_names(scenario, library))
        return "it is about names, and the client reaches nothing but localhost here";
    return {};
}

}  // namespace guise::run
