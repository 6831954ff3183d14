#include "judge/known_files.hpp"

#include "base/yaml.hpp"

#include <algorithm>

namespace guise::judge {

namespace fs = std::filesystem;

Result<std::vector<KnownDeviation>> load_all_known(const inputs::RunInputs& inputs,
                                                   const std::vector<fs::path>& baselines) {
    Problems problems;
    std::vector<KnownDeviation> out;
    std::vector<std::pair<fs::path, bool>> files;
    const fs::path dir = inputs::clients_dir(inputs) / "known";
    if (fs::is_directory(dir))
        for (const fs::path& file : yaml::files_in(dir, problems)) files.emplace_back(file, false);
    for (const fs::path& file : baselines) files.emplace_back(file, true);
    for (const auto& [file, needs_expiry] : files) {
        auto entries = load_known(file, needs_expiry);
        if (entries)
            out.insert(out.end(), entries->begin(), entries->end());
        else
            problems.add(entries.error());
    }
    if (!problems.empty()) return problems;
    return out;
}

std::size_t stale_entries(const std::vector<KnownDeviation>& known, const std::vector<std::string>& clients,
                          const inputs::RunInputs& inputs, std::chrono::sys_seconds now) {
    return static_cast<std::size_t>(
        std::count_if(known.begin(), known.end(), [&](const KnownDeviation& entry) {
            const bool takes_part = std::find(clients.begin(), clients.end(), entry.client) != clients.end();
            const bool expired = entry.expires && now >= *entry.expires;
            const bool gone =
                (entry.expires || !inputs.own_catalogue) && inputs.catalogue.select({entry.scenario}).empty();
            return takes_part && (expired || gone);
        }));
}

}  // namespace guise::judge
