#include "clients/launch.hpp"

#include "base/ascii.hpp"
#include "clients/file/placeholders.hpp"
#include "clients/routing/routing.hpp"
#include "pki/names.hpp"
#include "process/spawn.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

namespace guise::clients {

std::string VisitPlace::search_path() {
    const char* own = std::getenv("PATH");
    std::error_code unknown;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path();
    return fmt::format("{}:{}:{}", own && *own ? own : "/usr/local/bin:/usr/bin:/bin", program.string(),
                       (program.parent_path() / "libexec" / "guise").string());
}

namespace {

std::string proxy_of(const VisitPlace& place) {
    return in_url(place.address) + ":" + std::to_string(place.proxy_port);
}

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
                return proxy_of(place_);
            case Placeholder::events:
                return place_.events;
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

void preload(std::map<std::string, std::string>& env, const std::filesystem::path& library) {
    std::string& value = env["LD_PRELOAD"];
    value += (value.empty() ? "" : " ") + library.string();
}

// The variables that programs look at, in the spellings that they do.
void tell_proxy(std::map<std::string, std::string>& env, const VisitPlace& place) {
    if (place.routing == Routing::http_proxy)
        for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY"})
            env[name] = "http://" + proxy_of(place);
    if (place.routing == Routing::socks_proxy)
        for (const char* name : {"all_proxy", "ALL_PROXY"}) env[name] = "socks5h://" + proxy_of(place);
    if (place.routing == Routing::http_proxy || place.routing == Routing::socks_proxy) env["NO_PROXY"] = "";
}

std::map<std::string, std::string> base_environment(const Client& client, const VisitPlace& place) {
    std::map<std::string, std::string> env{
        {"PATH", place.path}, {"LANG", "C.UTF-8"}, {"HOME", place.home}, {"TMPDIR", place.home + "/tmp"}};
    if (place.routing == Routing::nss_wrapper) {
        preload(env, find_nss_wrapper());
        env["NSS_WRAPPER_HOSTS"] = place.home + "/hosts";
    }
    tell_proxy(env, place);
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

// What a client needs that a person talks to: both outputs in their order, an input without an end.
void put_on_screen(process::Launch& launch, const Client& client) {
    if (client.driver != DriverKind::terminal) return;
    launch.input_stays_open = !client.prompts.empty() || !client.say.empty();
    launch.streams = client.screen == Screen::pipe ? process::Streams::together : process::Streams::terminal;
    if (launch.streams == process::Streams::terminal) launch.env.try_emplace("TERM", "dumb");
}

// A client without any other hosts file still has to find itself.
std::string hosts_of(const VisitPlace& place) {
    const std::string host = place.address + " " + place.host + "\n";
    return place.routing == Routing::hosts_file ? host + "127.0.0.1 localhost\n::1 localhost\n" : host;
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
    if (place.routing == Routing::hosts_file && is_there(launch))
        launch.argv = with_hosts_file(private_hosts().option, place.home + "/hosts", std::move(launch.argv));
    launch.input = filled(settings.input ? *settings.input : client.input);
    launch.directory = place.home;
    put_on_screen(launch, client);
    filled(client.files);  // a configuration file may be where it is told its deadline
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
    if (place.routing == Routing::nss_wrapper || place.routing == Routing::hosts_file)
        files["hosts"] = hosts_of(place);
    return files;
}

std::string filled(const Client& client, const std::string& mode, const VisitPlace& place,
                   const std::string& text) {
    return Filler(client, mode, place)(text);
}

}  // namespace guise::clients
