#include "clients/interpreter.hpp"

#include "base/read_file.hpp"
#include "clients/file/placeholders.hpp"
#include "process/process.hpp"
#include "process/spawn.hpp"

#include <filesystem>
#include <optional>
#include <set>
#include <string_view>
#include <unistd.h>

namespace guise::clients {

namespace fs = std::filesystem;

namespace {

// How an interpreter is asked for its executable.
struct Question {
    std::string_view name;  // version digits and dots may follow
    std::vector<std::string> arguments;
};

const std::vector<Question>& questions() {
    static const std::vector<Question> all{
        {"python", {"-I", "-S", "-c", "import sys; print(sys.executable)"}},
        {"node", {"-p", "process.execPath"}},
        {"ruby", {"-e", "require 'rbconfig'; puts RbConfig.ruby"}},
        {"perl", {"-e", "print $^X"}}};
    return all;
}

const Question* question_for(const std::string& program) {
    const std::string name = fs::path(program).filename().string();
    for (const Question& each : questions())
        if (name.starts_with(each.name) &&
            name.find_first_not_of("0123456789.", each.name.size()) == std::string::npos)
            return &each;
    return nullptr;
}

// The first line of a script without its `#!`; nothing for any other file.
std::optional<std::string> script_line(const std::string& file) {
    constexpr std::string_view mark = "#!";
    constexpr std::size_t longest = 256;
    const std::string begin = read_part(file, 0, mark.size() + longest);
    if (!begin.starts_with(mark)) return std::nullopt;
    return begin.substr(mark.size(), begin.find('\n') - mark.size());
}

std::string trimmed(std::string text) {
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    text.erase(0, text.find_first_not_of(" \t\r\n"));
    return text;
}

// The programs that the client starts, as they are once {here} is known.
std::set<std::string> programs_of(const Client& client) {
    const std::string here = fs::absolute(client.file).parent_path().lexically_normal().string();
    std::set<std::string> out;
    const auto add = [&](const std::vector<std::string>& argv) {
        if (argv.empty()) return;
        out.insert(fill(argv[0],
                        [&](Placeholder name) { return name == Placeholder::here ? here : std::string(); }));
    };
    add(client.detect);
    add(client.run);
    for (const auto& [name, mode] : client.modes)
        if (mode.run) add(*mode.run);
    return out;
}

class Resolver final {
 public:
    Resolver(std::string path, std::string directory, std::chrono::milliseconds patience)
        : path_(std::move(path)), directory_(std::move(directory)), patience_(patience) {}

    boost::asio::awaitable<std::vector<std::string>> resolve(std::string program) {
        const std::string file = process::find_program(program, path_);
        const auto line = script_line(file);
        if (!line) co_return std::vector<std::string>();
        if (const Question* question = question_for(program)) {
            std::vector<std::string> arguments = question->arguments;
            std::string executable = co_await ask(program, std::move(arguments));
            if (executable.empty()) co_return std::vector<std::string>();
            std::vector<std::string> out{std::move(executable)};
            co_return out;
        }
        constexpr std::string_view env = "/usr/bin/env ";
        const std::string words = trimmed(*line);
        if (!words.starts_with(env)) co_return std::vector<std::string>();
        std::string interpreter = trimmed(words.substr(env.size()));
        if (!question_for(interpreter)) co_return std::vector<std::string>();
        // Of a statement that waits, GCC 12 destroys temporaries of some kinds twice: it has none here.
        std::vector<std::string> out = co_await resolve(std::move(interpreter));
        if (!out.empty()) out.push_back(file);
        co_return out;
    }

 private:
    // Empty where it does not answer with a program.
    boost::asio::awaitable<std::string> ask(std::string program, std::vector<std::string> arguments) {
        process::Launch launch;
        launch.argv = {std::move(program)};
        launch.argv.insert(launch.argv.end(), arguments.begin(), arguments.end());
        launch.env = {{"PATH", path_}, {"LANG", "C.UTF-8"}, {"HOME", directory_}};
        launch.directory = directory_;
        launch.deadline = patience_;
        const evidence::ProcessRecord record = co_await process::run_process(std::move(launch));
        std::string answer = trimmed(record.output);
        const bool usable = record.exit_code == 0 && answer.starts_with('/') &&
                            answer.find('\n') == std::string::npos && ::access(answer.c_str(), X_OK) == 0;
        co_return usable ? answer : std::string();
    }

    std::string path_;
    std::string directory_;
    std::chrono::milliseconds patience_;
};

}  // namespace

boost::asio::awaitable<Programs> resolve_interpreters(const Client& client, std::string path,
                                                      std::string directory,
                                                      std::chrono::milliseconds patience) {
    Programs out;
    Resolver resolver(std::move(path), std::move(directory), patience);
    const std::set<std::string> programs = programs_of(client);
    for (const std::string& program : programs) {
        std::string asked = program;
        std::vector<std::string> resolved = co_await resolver.resolve(std::move(asked));
        if (!resolved.empty()) out[program] = std::move(resolved);
    }
    co_return out;
}

std::vector<std::string> with_program(const Programs& programs, std::vector<std::string> argv) {
    const auto found = argv.empty() ? programs.end() : programs.find(argv[0]);
    if (found == programs.end()) return argv;
    std::vector<std::string> out = found->second;
    out.insert(out.end(), std::make_move_iterator(argv.begin() + 1), std::make_move_iterator(argv.end()));
    return out;
}

}  // namespace guise::clients
