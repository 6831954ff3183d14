#include "clients/launch.hpp"

#include "base/ascii.hpp"
#include "clients/accounts.hpp"
#include "clients/file/placeholders.hpp"
#include "clients/interpreter.hpp"
#include "clients/preload.hpp"
#include "clients/routing/proxy.hpp"
#include "clients/routing/routing.hpp"
#include "pki/names.hpp"
#include "process/spawn.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace guise::clients {

namespace {

// Fills the placeholders of one client file for one visit.
class Filler final {
 public:
    Filler(const Client& client, const std::string& mode, const VisitPlace& place)
        : client_(client), mode_(mode), place_(place) {}

    std::string operator()(const std::string& text) {
        return fill(text, [this](Placeholder name) { return value_of(name); });
    }
    std::map<std::string, std::string> operator()(const std::map<std::string, std::string>& texts) {
        std::map<std::string, std::string> out;
        for (const auto& [key, text] : texts) out[key] = (*this)(text);
        return out;
    }
    [[nodiscard]] bool told_the_deadline() const { return told_the_deadline_; }

 private:
    std::string value_of(Placeholder name) {
        switch (name) {
            case Placeholder::deadline:
                told_the_deadline_ = true;
                return std::to_string(place_.deadline.count());
            case Placeholder::address:
                return in_url(place_.address);
            case Placeholder::port:
                return std::to_string(place_.port);
            case Placeholder::host:
                return place_.host;
            case Placeholder::url:
                return place_.url;
            case Placeholder::trust:
                return place_.trust;
            case Placeholder::canary:
                return place_.canary;
            case Placeholder::mode:
                return place_.mode.empty() ? mode_ : place_.mode;
            case Placeholder::state:
                return state();
            case Placeholder::home:
                return place_.home;
            case Placeholder::here:
                return here();
            case Placeholder::user:
                return place_.user;
            case Placeholder::proxy:
                return proxy_address(place_);
            case Placeholder::events:
                return place_.events;
            case Placeholder::identity:
                return place_.identity;
        }
        return {};
    }
    // The loader keeps {state} out of a `state` path, so this does not go round in circles.
    std::string state() {
        if (!place_.state.empty()) return place_.state;
        return client_.state == "home" ? place_.home : (*this)(client_.state);
    }
    std::string here() const {
        if (!place_.here.empty()) return place_.here;
        return std::filesystem::absolute(client_.file).parent_path().lexically_normal().string();
    }

    const Client& client_;
    const std::string& mode_;
    const VisitPlace& place_;
    bool told_the_deadline_ = false;
};

// A whole argument "{mode}" is where the mode's arguments go; without one they go to the end.
std::vector<std::string> arguments(const Client& client, const ModeSettings& mode, bool to_address,
                                   Filler& filled) {
    std::vector<std::string> out;
    bool added = false;
    const auto add = [&] {
        const auto& own = to_address && mode.to_address ? *mode.to_address : mode.add;
        for (const std::string& argument : own) out.push_back(filled(argument));
        added = true;
    };
    for (const std::string& argument : mode.run ? *mode.run : client.run) {
        if (argument == "{mode}") {
            add();
        } else {
            out.push_back(filled(argument));
        }
    }
    if (!added) add();
    return out;
}

std::map<std::string, std::string> base_environment(const Client& client, const VisitPlace& place) {
    std::map<std::string, std::string> env{
        {"PATH", place.path}, {"LANG", "C.UTF-8"}, {"HOME", place.home}, {"TMPDIR", place.home + "/tmp"}};
    if (place.routing && place.routing->environment) place.routing->environment(place, env);
    if (client.state != "none") add_accounts(place.home, env);
    if (client.faketime && place.now) {
        preload(env, find_faketime());
        env["FAKETIME"] = "@" + std::to_string(place.now->time_since_epoch().count());
        env["FAKETIME_FMT"] = "%s";
        env["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";  // or every timeout of the client is off by years
    }
    return env;
}

bool is_there(const process::Launch& launch) {
    return !launch.argv.empty() && !process::find_program(launch.argv[0], launch.env.at("PATH")).empty();
}

}  // namespace

process::Launch prepare(const Client& client, const std::string& mode, const VisitPlace& place) {
    const ModeSettings& settings = client.modes.at(mode);
    Filler filled(client, mode, place);
    process::Launch launch;
    launch.argv = arguments(client, settings, pki::address_octets(place.host).has_value(), filled);
    launch.env = base_environment(client, place);
    for (auto& [name, value] : filled(client.env)) launch.env[name] = value;
    for (auto& [name, value] : filled(settings.env)) launch.env[name] = value;
    if (launch.env.at("PATH") == place.path)  // or another interpreter may be meant
        launch.argv = with_program(place.programs, std::move(launch.argv));
    if (place.routing && place.routing->wrap && is_there(launch))
        launch.argv = place.routing->wrap(place, std::move(launch.argv));
    launch.input = filled(settings.input ? *settings.input : client.input);
    launch.directory = place.home;
    filled(client.files);  // a configuration file may contain the deadline
    filled(settings.files);
    launch.deadline = place.deadline + (filled.told_the_deadline() ? grace : std::chrono::seconds(0));
    return launch;
}

std::map<std::string, std::string> files_of(const Client& client, const std::string& mode,
                                            const VisitPlace& place) {
    const ModeSettings& settings = client.modes.at(mode);
    Filler filled(client, mode, place);
    std::map<std::string, std::string> files = filled(client.files);
    for (auto& [path, text] : filled(settings.files)) files[path] = text;
    if (place.routing && place.routing->files)
        for (auto& [path, text] : place.routing->files(place)) files[path] = text;
    if (client.state != "none") add_accounts_file(place.home, files);
    return files;
}

std::string filled(const Client& client, const std::string& mode, const VisitPlace& place,
                   const std::string& text) {
    return Filler(client, mode, place)(text);
}

}  // namespace guise::clients
