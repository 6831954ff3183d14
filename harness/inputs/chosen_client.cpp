#include "inputs/chosen_client.hpp"

#include "base/nearest.hpp"
#include "base/yaml.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <ranges>
#include <set>

namespace guise::inputs {

namespace fs = std::filesystem;

namespace {

// A word that is a path of a client file rather than the name of one.
bool is_path(const std::string& name) {
    return name.ends_with(".yaml") || name.find('/') != std::string::npos;
}

std::vector<std::string> built_in_names(const RunInputs& inputs) {
    std::vector<std::string> out;
    Problems ignored;
    for (const fs::path& file : yaml::files_in(clients_dir(inputs), ignored)) out.push_back(file.stem());
    return out;
}

std::vector<std::pair<fs::path, std::string>> client_files(const RunInputs& inputs,
                                                           const std::vector<std::string>& names,
                                                           Problems& problems) {
    std::vector<std::pair<fs::path, std::string>> out;
    for (const std::string& name : names) {
        const fs::path file = is_path(name) ? fs::path(name) : clients_dir(inputs) / (name + ".yaml");
        if (fs::exists(file))
            out.emplace_back(file, name);
        else if (is_path(name))
            problems.add(cannot("read the client file " + name, "there is no such file"));
        else
            problems.add(plain_problem(fmt::format(
                "unknown client '{}'{}: use a name of `guise list clients`, or the path of a client file",
                name, did_you_mean(name, built_in_names(inputs)))));
    }
    if (names.empty())
        for (const fs::path& file : yaml::files_in(clients_dir(inputs), problems))
            out.emplace_back(file, file.stem());
    return out;
}

Result<profile::Profile> profile_for(const RunInputs& inputs, const clients::Client& client,
                                     const std::string& wanted) {
    if (wanted.empty() && client.overlay)
        return profile::make_profile(*client.overlay, client.name, inputs.profiles, inputs.clauses);
    const auto found = inputs.profiles.find(wanted.empty() ? client.profile : wanted);
    if (found != inputs.profiles.end()) return found->second;
    const std::string& name = wanted.empty() ? client.profile : wanted;
    return Problem{wanted.empty() ? client.profile_at : SourcePos{},
                   "the name of a profile (see `guise list profiles`)",
                   fmt::format("'{}'{}", name, did_you_mean(name, inputs.profiles | std::views::keys))};
}

Problems check_modes(const clients::Client& client, const profile::Profile& profile) {
    Problems problems;
    for (const auto& [mode, settings] : client.modes)
        if (!profile.modes.contains(mode) && (mode != "default" || profile.default_mode.empty()))
            problems.add(settings.where,
                         fmt::format("a mode of the profile {}: {}", profile.name,
                                     fmt::join(profile.modes | std::views::keys, ", ")),
                         fmt::format("'{}'{}", mode, did_you_mean(mode, profile.modes | std::views::keys)));
    return problems;
}

// What a client of ours is known to do is looked up by its name, and is not what another one may do.
Problems check_name(const RunInputs& inputs, const clients::Client& client, const fs::path& file) {
    const fs::path ours = clients_dir(inputs) / (client.name + ".yaml");
    std::error_code ignored;
    if (!fs::exists(ours, ignored) || fs::equivalent(ours, file, ignored)) return {};
    return plain_problem(
        fmt::format("{}: client name \"{}\" clashes with the built-in client; choose another",
                    client.name_at.text(), client.name));
}

}  // namespace

Result<std::vector<ChosenClient>> load_clients(const RunInputs& inputs, const clients::Vocabulary& vocabulary,
                                               const std::vector<std::string>& names,
                                               const std::string& wanted) {
    Problems problems;
    std::vector<ChosenClient> out;
    std::set<std::string> taken;
    for (const auto& [file, named] : client_files(inputs, names, problems)) {
        auto client = clients::load_client(file, vocabulary);
        if (!client) {
            problems.add(client.error());
            continue;
        }
        problems.add(check_name(inputs, *client, file));
        // Sessions, homes and results go by the name.
        if (!taken.insert(client->name).second)
            problems.add(plain_problem(fmt::format("duplicate client name \"{}\"", client->name)));
        auto profile = profile_for(inputs, *client, wanted);
        if (!profile) {
            problems.add(profile.error());
            continue;
        }
        problems.add(check_modes(*client, *profile));
        if (!inputs.services.contains(client->service))
            problems.add(client->profile_at,
                         fmt::format("a service: {}", fmt::join(inputs.services | std::views::keys, ", ")),
                         fmt::format("'{}'{}", client->service,
                                     did_you_mean(client->service, inputs.services | std::views::keys)));
        out.push_back({std::move(*client), std::move(*profile), named});
    }
    if (!problems.empty()) return problems;
    return out;
}

}  // namespace guise::inputs
