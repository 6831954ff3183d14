// What the tests of the run share: the catalogue of the sources, folders, clients that are a line of shell.
#pragma once

#include "clients/home.hpp"
#include "run/participants.hpp"
#include "run/workshop.hpp"
#include "run/world.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <exception>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace guise::run::kit {

namespace fs = std::filesystem;
using TemporaryFolder = clients::TemporaryHome;

/// The data of the sources, loaded once.
inline const World& world() {
    static const World loaded = load_world({.data = GUISE_SOURCE_DIR, .scenarios = {}}).value();
    return loaded;
}

/// The clock of a run that shows nothing to a client of the machine.
constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'800'000'000)};

inline Workshop make_workshop(const World& of = world()) { return {of, Draw("seed"), now, {}}; }

inline const scenario::Scenario& scenario_of(const std::string& id) {
    const scenario::Scenario* found = world().catalogue.find(id);
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

/// A client file, `NAME.yaml` in `dir`, whose client is a script for sh. `more` are further lines.
inline fs::path write_client(const fs::path& dir, const std::string& name, const std::string& script,
                             const std::string& more = "") {
    fs::path file = dir / (name + ".yaml");
    std::string indented = "      ";
    for (const char c : script) indented += c == '\n' ? "\n      " : std::string(1, c);
    write(file, "client: " + name + "\n" + "detect: {run: [sh, -c, echo " + name + " 1.0], version: '^" +
                    name + " (\\S+)'}\n" +
                    "profile: tls-client\ndriver: exec\nreach: [option]\nmodes: {strict: {}}\n" + more +
                    "run:\n  - sh\n  - -c\n  - |\n" + indented + "\n");
    return file;
}

/// A script whose client verifies, refuses what it should, and sends the canary where it does not refuse.
inline const std::string verifying = R"(exec curl -q -sS --http1.1 --max-time {deadline} \
  --connect-to ::{address}:{port} --cacert {trust} --capath {home}/tmp \
  -H 'Authorization: Bearer {canary}' {url})";

/// The participants of client files, looked for on the machine.
inline std::vector<std::unique_ptr<Participant>> participants(const std::vector<std::string>& clients) {
    Selection selection;
    selection.clients = clients;
    auto out = load_participants(world(), selection).value();
    find_participants(out);
    return out;
}

/// Runs one operation on `io`, to its end.
template <class T>
T run_to_end(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
    std::optional<T> out;
    boost::asio::co_spawn(io, std::move(work), [&](const std::exception_ptr& thrown, T value) {
        if (thrown) std::rethrow_exception(thrown);
        out = std::move(value);
    });
    io.restart();
    io.run();
    return std::move(out).value();
}

/// Runs one operation on an `io` that has other work too, until the operation has ended.
template <class T>
T run_until_done(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
    std::optional<T> out;
    boost::asio::co_spawn(io, std::move(work), [&](const std::exception_ptr& thrown, T value) {
        if (thrown) std::rethrow_exception(thrown);
        out = std::move(value);
    });
    io.restart();
    while (!out && io.run_one_for(std::chrono::seconds(60)) == 1) {
    }
    return std::move(out).value();
}

}  // namespace guise::run::kit
