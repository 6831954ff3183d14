#include "scenario/scenario.hpp"

#include <algorithm>

namespace guise::scenario {

std::vector<const pki::Present*> chains_of(const Connect& connect) {
    std::vector<const pki::Present*> out{&connect.present};
    if (connect.swap) out.push_back(&connect.swap->present);
    if (connect.first) out.push_back(&*connect.first);
    if (connect.claims && connect.claims->certificate) out.push_back(&*connect.claims->certificate);
    if (connect.claims && connect.claims->also) out.push_back(&*connect.claims->also);
    return out;
}

bool Scenario::has_sessions(int visit) const {
    int number = 0;
    return std::any_of(visits.begin(), visits.end(), [&](const Visit& each) {
        ++number;
        const auto* connect = std::get_if<Connect>(&each.action);
        return connect && connect->resume && (number == visit || connect->resume == visit);
    });
}

Scenario one_visit(std::string id, std::string title, Connect connect) {
    Scenario out;
    out.base = id;
    out.id = std::move(id);
    out.title = std::move(title);
    out.visits.emplace_back().action = std::move(connect);  // of a temporary g++ 12 -O2 warns wrongly
    return out;
}

}  // namespace guise::scenario
