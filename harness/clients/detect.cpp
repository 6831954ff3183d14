#include "clients/detect.hpp"

#include "base/pattern.hpp"
#include "base/temporary_folder.hpp"
#include "clients/file/placeholders.hpp"
#include "process/process.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sstream>

namespace guise::clients {
namespace {

process::Launch detect_launch(const Client& client, const std::filesystem::path& home,
                              const Programs& programs, const std::string& path) {
    const std::string here = std::filesystem::absolute(client.file).parent_path().string();
    process::Launch launch;
    for (const std::string& argument : client.detect)
        launch.argv.push_back(fill(argument, [&](Placeholder name) {
            return name == Placeholder::here ? here : fmt::format("{{{}}}", word(name));
        }));
    launch.argv = with_program(programs, std::move(launch.argv));
    launch.env = {{"PATH", path}, {"LANG", "C.UTF-8"}, {"HOME", home.string()}};
    launch.directory = home.string();
    return launch;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string packages(const Client& client) {
    if (client.packages.empty()) return {};
    return fmt::format("; Debian package{} {}", client.packages.size() == 1 ? "" : "s",
                       fmt::join(client.packages, ", "));
}

// Line by line: `^` then means what it says. No version stands in a line that is longer than `longest`.
std::string version_in(const std::string& text, const Pattern& pattern) {
    constexpr std::size_t longest = 4096;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (const auto match = line.size() < longest ? pattern.search(line) : std::nullopt)
            return match->value;
    return {};
}

Detection judged(const Client& client, const evidence::ProcessRecord& record) {
    const std::string command = fmt::format("{}", fmt::join(client.detect, " "));
    if (!record.start_error.empty())
        return {false, "", fmt::format("not installed ({}){}", record.start_error, packages(client))};
    std::string error;  // reading the file has found none
    const Pattern pattern = Pattern::compile(client.version_pattern, error).value_or(Pattern());
    std::string version = version_in(record.output, pattern);
    if (version.empty()) version = version_in(record.errors, pattern);
    if (!version.empty()) return {true, version, ""};
    if (record.killed)
        return {false, "", fmt::format("'{}' had to be killed after {} ms", command, record.lasted.count())};
    const std::string& said = record.output.empty() ? record.errors : record.output;
    return {false, "",
            fmt::format("'{}' does not tell its version: expected a line that matches '{}', found '{}'{}",
                        command, client.version_pattern, first_line(said), packages(client))};
}

}  // namespace

boost::asio::awaitable<Detection> detect(const Client& client, std::chrono::milliseconds patience,
                                         std::string path) {
    const TemporaryFolder home;
    if (home.path().empty()) {
        Detection out;
        out.missing = "no temporary directory can be made";
        co_return out;
    }
    Programs programs = co_await resolve_interpreters(client, path, home.path().string(), patience);
    process::Launch launch = detect_launch(client, home.path(), programs, path);
    launch.deadline = patience;
    const evidence::ProcessRecord record = co_await process::run_process(std::move(launch));
    Detection out = judged(client, record);
    out.programs = std::move(programs);
    co_return out;
}

}  // namespace guise::clients
