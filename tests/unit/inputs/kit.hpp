// What tests share above the pure stages: the catalogue of the sources, scenarios that are in no file, files.
#pragma once

#include "base/temporary_folder.hpp"
#include "clients/file/vocabulary.hpp"
#include "inputs/run_inputs.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace guise::kit {

namespace fs = std::filesystem;
using inputs::RunInputs;

/// The data of the sources, loaded once.
inline const RunInputs& inputs() {
    static const RunInputs loaded =
        guise::inputs::load_inputs({.data = GUISE_SOURCE_DIR, .scenarios = {}}).value();
    return loaded;
}

/// The clock of a run that shows nothing to a client of the machine.
constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'800'000'000)};

inline const scenario::Scenario& scenario_of(const std::string& id) {
    const scenario::Scenario* found = inputs().catalogue.find(id);
    if (!found) throw std::runtime_error("no scenario " + id);
    return *found;
}

/// A scenario of one visit that is in no file.
inline scenario::Scenario make_scenario(std::string id, pki::Present present, std::string control = "") {
    scenario::Connect connect;
    connect.present = std::move(present);
    scenario::Scenario out = scenario::one_visit(std::move(id), "Made for a test", std::move(connect));
    out.control = std::move(control);
    return out;
}

inline pki::Present present(std::string leaf, std::vector<std::string> defects = {}) {
    pki::Present out;
    out.leaf = std::move(leaf);
    for (std::string& name : defects) out.defects.push_back({.name = std::move(name)});
    return out;
}

inline std::string content_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

inline void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

/// A folder for files that are named by their paths.
struct Files {
    TemporaryFolder folder;
    [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
        kit::write(folder.path() / name, text);
        return folder.path() / name;
    }
};

/// The drivers and routings that the client files of the sources name.
inline const clients::Vocabulary& vocabulary() {
    static const clients::Vocabulary all{
        .drivers = {{"exec", "option", true}, {"terminal", "option", true}, {"rpc", "rpc", true}},
        .routings = {{"option", {}},
                     {"nss-wrapper", {}},
                     {"hosts-file", {}},
                     {"http-proxy", {}},
                     {"socks-proxy", {}},
                     {"rpc", {}},
                     {"localhost", {}}}};
    return all;
}

/// A client file, `NAME.yaml` in `dir`, whose client is a script for sh. `more` are further lines.
inline fs::path write_client(const fs::path& dir, const std::string& name, const std::string& script,
                             const std::string& more = "") {
    fs::path file = dir / (name + ".yaml");
    std::string indented = "      ";
    for (const char c : script) indented += c == '\n' ? "\n      " : std::string(1, c);
    write(file, "client: " + name + "\n" + "detect: {run: [sh, -c, echo " + name + " 1.0], version: '^" +
                    name + " (\\S+)'}\n" +
                    "profile: tls-client\ndriver: exec\nrouting: [option]\nmodes: {strict: {}}\n" + more +
                    "run:\n  - sh\n  - -c\n  - |\n" + indented + "\n");
    return file;
}

}  // namespace guise::kit
