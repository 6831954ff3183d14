// Client files made up in a test.
#pragma once

#include "base/temporary_folder.hpp"
#include "clients/tables.hpp"

#include <fstream>
#include <string>
#include <string_view>

namespace guise::clients {

inline const std::string minimal = R"(client: demo
detect: {run: [demo], version: '^demo (\S+)'}
profile: tls-client
driver: exec
run: [demo]
modes: {strict: {}}
)";

/// The routing of this name.
inline const Routing* routing(std::string_view name) { return named(built_in_tables().routings, name); }

/// The minimal file with another value for one key, or with one key more.
inline std::string with(std::string_view key, std::string_view value) {
    const std::string line = std::string(key) + ": " + std::string(value) + "\n";
    const std::size_t at = ("\n" + minimal).find("\n" + std::string(key) + ":");
    if (at == std::string::npos) return minimal + line;
    return minimal.substr(0, at) + line + minimal.substr(minimal.find('\n', at) + 1);
}

inline Result<Client> load_text(const std::string& text) {
    const TemporaryFolder home;
    const std::filesystem::path file = home.path() / "demo.yaml";
    std::ofstream(file) << text;
    return load_client(file, built_in_tables().vocabulary());
}

/// The only problem of a file; an empty one where there is none or there are more.
inline Problem problem_of(const std::string& text) {
    const auto client = load_text(text);
    return !client && client.error().list.size() == 1 ? client.error().list[0] : Problem{};
}

}  // namespace guise::clients
