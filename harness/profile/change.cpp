#include "profile/change.hpp"

#include <variant>

namespace guise::profile {

namespace {

class Change final {
 public:
    Change(const Profile& profile, const std::string& client, const Possible& state)
        : profile_(profile), client_(client), state_(state) {}

    std::vector<Possible> operator()(const scenario::Connect&) { return {}; }
    std::vector<Possible> operator()(const scenario::Restart&) {
        memory().restarted = true;
        return {state_};
    }
    std::vector<Possible> operator()(const scenario::MoveClock& clock) {
        state_.clock += clock.by;
        return {state_};
    }
    std::vector<Possible> operator()(const scenario::Forget& forget) {
        memory().pins.erase(server_of(profile_, forget.at));
        return {state_};
    }
    std::vector<Possible> operator()(const scenario::SetMode& change) {
        memory().mode = change.mode;
        memory().fresh_mode = true;
        std::vector<Possible> out;
        if (profile_.pin.on_mode_change != PinModeChange::clear) out.push_back(state_);
        memory().pins.clear();
        if (profile_.pin.on_mode_change != PinModeChange::keep) out.push_back(state_);
        return out;
    }

 private:
    Memory& memory() { return state_.clients.at(client_); }

    const Profile& profile_;
    const std::string& client_;
    Possible state_;
};

}  // namespace

std::vector<Possible> after_change(const Profile& profile, const scenario::Visit& visit,
                                   const Possible& state) {
    return std::visit(Change(profile, visit.client, state), visit.action);
}

}  // namespace guise::profile
