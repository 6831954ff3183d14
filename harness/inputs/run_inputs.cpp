#include "inputs/run_inputs.hpp"

#include "base/read_file.hpp"
#include "pki/digest.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace guise::inputs {

namespace fs = std::filesystem;

namespace {

bool holds_data(const fs::path& dir) {
    return fs::is_directory(dir / "scenarios") && fs::is_directory(dir / "certs") &&
           fs::is_directory(dir / "fixtures" / "profiles");
}

fs::path program_dir() {
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error).parent_path();
}

// Names and contents of all YAML files below the folders, in the order of the names.
std::string digest_of_files(const std::vector<fs::path>& dirs) {
    std::vector<std::pair<std::string, fs::path>> files;
    for (const fs::path& dir : dirs) {
        std::error_code error;
        for (fs::recursive_directory_iterator at(dir, error), end; !error && at != end; at.increment(error))
            if (at->path().extension() == ".yaml")
                files.emplace_back(at->path().lexically_relative(dir).generic_string(), at->path());
    }
    std::sort(files.begin(), files.end());
    std::string all;
    for (const auto& [name, path] : files) {
        const Bytes content = pki::sha256(as_bytes(text_of_file(path)));
        all += name + '\0' + std::string(as_text(content));
    }
    return to_hex(pki::sha256(as_bytes(all)));
}

template <class T>
bool take(Result<T> loaded, T& into, Problems& problems) {
    if (loaded)
        into = std::move(*loaded);
    else
        problems.add(loaded.error());
    return loaded.has_value();
}

}  // namespace

Result<fs::path> find_data(const std::optional<fs::path>& given) {
    const char* variable = std::getenv("GUISE_DATA");
    if (given || (variable && *variable)) {
        const fs::path dir = given ? *given : fs::path(variable);
        if (holds_data(dir)) return dir;
        return plain_problem("the data folder " + dir.string() + " has no scenarios/, certs/ and fixtures/");
    }
    const fs::path program = program_dir();
    if (const fs::path installed = program.parent_path() / "share" / "guise"; holds_data(installed))
        return installed;
    for (fs::path dir = program; dir.has_relative_path(); dir = dir.parent_path())
        if (holds_data(dir)) return dir;
    return plain_problem(
        "there is no data folder (scenarios/, certs/ and fixtures/) beside the program; name one with --data "
        "DIR");
}

Result<RunInputs> load_inputs(const InputPlaces& places) {
    const auto root = find_data(places.data);
    if (!root) return root.error();
    RunInputs inputs;
    inputs.root = *root;
    inputs.own_catalogue = places.scenarios.has_value();
    Problems problems;
    inputs.scenarios = places.scenarios.value_or(*root / "scenarios");
    if (take(pki::load_library(*root / "certs"), inputs.library, problems))
        take(scenario::load_catalogue(inputs.scenarios, inputs.library), inputs.catalogue, problems);
    if (take(profile::load_clause_lists(*root / "fixtures" / "ledgers"), inputs.clauses, problems))
        take(profile::load_profiles(*root / "fixtures" / "profiles", inputs.clauses), inputs.profiles,
             problems);
    take(service::load_services(*root / "fixtures" / "services"), inputs.services, problems);
    if (!problems.empty()) return problems;
    return inputs;
}

std::string digest_of(const RunInputs& inputs) {
    const fs::path fixtures = inputs.root / "fixtures";
    return digest_of_files({inputs.scenarios, inputs.root / "certs", fixtures / "profiles",
                            fixtures / "ledgers", fixtures / "services"});
}

fs::path clients_dir(const RunInputs& inputs) { return inputs.root / "fixtures" / "clients"; }

}  // namespace guise::inputs
