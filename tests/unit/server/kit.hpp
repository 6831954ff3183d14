// What tests share above the pure stages: the catalogue of the sources, a chain provider, folders,
// coroutines.
#pragma once

#include "base/temporary_folder.hpp"
#include "inputs/run_inputs.hpp"
#include "server/chain_provider.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <exception>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace guise::kit {

namespace fs = std::filesystem;
using inputs::RunInputs;
using server::ChainProvider;
using server::SeededGenerator;

/// The data of the sources, loaded once.
inline const RunInputs& inputs() {
    static const RunInputs loaded =
        guise::inputs::load_inputs({.data = GUISE_SOURCE_DIR, .scenarios = {}}).value();
    return loaded;
}

/// The clock of a run that shows nothing to a client of the machine.
constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'800'000'000)};

inline ChainProvider make_provider(const RunInputs& of = inputs()) {
    return {of, SeededGenerator("seed"), now, {}};
}

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

}  // namespace guise::kit
