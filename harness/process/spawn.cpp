// posix_spawn with everything a test harness needs around it.
//
// Sockets made by Asio are inherited by every child unless somebody closes them, and a child that holds a
// listener or another client's pipe changes what the harness sees. So the child closes all descriptors above
// 2 itself, and the pipes are close-on-exec besides, for the children that other code starts meanwhile.
#include "process/spawn.hpp"

#include "process/pty.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <spawn.h>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace guise::process {

namespace {

struct Pipe {
    Descriptor read;
    Descriptor write;
};

// Above 2, or the child's dup2 would overwrite one pipe with another where the harness runs without its
// standard descriptors.
Descriptor above_standard(int fd) {
    Descriptor low(fd);
    if (fd > 2) return low;
    return Descriptor(::fcntl(fd, F_DUPFD_CLOEXEC, 3));
}

std::optional<Pipe> make_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
    Pipe pipe{above_standard(ends[0]), above_standard(ends[1])};
    if (pipe.read.get() < 0 || pipe.write.get() < 0) return std::nullopt;
    return pipe;
}

void never_block(const Descriptor& end) {
    ::fcntl(end.get(), F_SETFL, ::fcntl(end.get(), F_GETFL) | O_NONBLOCK);
}

// Both ends of what the process will have as its standard descriptors.
struct Wires {
    Descriptor input, output, errors;              // our ends
    Descriptor its_input, its_output, its_errors;  // the process's, where they are pipes
    std::string terminal;                          // the path of its terminal, where it has one
};

std::optional<Wires> lay_terminal() {
    std::optional<Pty> pty = open_pty();
    if (!pty) return std::nullopt;
    Wires wires;
    wires.terminal = pty->path;
    wires.output = above_standard(pty->master.release());
    wires.input = Descriptor(::fcntl(wires.output.get(), F_DUPFD_CLOEXEC, 3));
    if (wires.output.get() < 0 || wires.input.get() < 0) return std::nullopt;
    return wires;
}

std::optional<Wires> lay_pipes(bool together) {
    std::optional<Pipe> in = make_pipe();
    std::optional<Pipe> out = make_pipe();
    std::optional<Pipe> err = together ? Pipe() : make_pipe();
    if (!in || !out || !err) return std::nullopt;
    Wires wires{.input = std::move(in->write),
                .output = std::move(out->read),
                .errors = std::move(err->read),
                .its_input = std::move(in->read),
                .its_output = std::move(out->write),
                .its_errors = std::move(err->write),
                .terminal = {}};
    for (const Descriptor* end : {&wires.input, &wires.output, &wires.errors})
        if (end->get() >= 0) never_block(*end);
    return wires;
}

std::optional<Wires> lay(Streams streams) {
    return streams == Streams::terminal ? lay_terminal() : lay_pipes(streams == Streams::together);
}

// What happens in the child between fork and exec. Lifetime: the wires must outlive the call of posix_spawn.
class Actions final {
 public:
    Actions(const Wires& wires, const std::string& directory) {
        ::posix_spawn_file_actions_init(&actions);
        if (wires.terminal.empty()) {
            ::posix_spawn_file_actions_adddup2(&actions, wires.its_input.get(), 0);
            ::posix_spawn_file_actions_adddup2(&actions, wires.its_output.get(), 1);
        } else {  // opened by the leader of a session without a terminal, it becomes the session's
            ::posix_spawn_file_actions_addopen(&actions, 0, wires.terminal.c_str(), O_RDWR, 0);
            ::posix_spawn_file_actions_adddup2(&actions, 0, 1);
        }
        const int errors = wires.its_errors.get();
        ::posix_spawn_file_actions_adddup2(&actions, errors >= 0 ? errors : 1, 2);
        ::posix_spawn_file_actions_addclosefrom_np(&actions, 3);
        if (!directory.empty()) ::posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
    }
    Actions(const Actions&) = delete;
    Actions& operator=(const Actions&) = delete;
    ~Actions() { ::posix_spawn_file_actions_destroy(&actions); }

    posix_spawn_file_actions_t actions;
};

class Attributes final {
 public:
    // A new session is a new group too.
    explicit Attributes(bool session) {
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        ::posix_spawnattr_init(&attributes);
        const int group = session ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP;
        ::posix_spawnattr_setflags(
            &attributes, static_cast<short>(group | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        ::posix_spawnattr_setsigdefault(&attributes, &all);
    }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    ~Attributes() { ::posix_spawnattr_destroy(&attributes); }

    posix_spawnattr_t attributes;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

std::string search_path_of(const Launch& launch) {
    if (const auto given = launch.env.find("PATH"); given != launch.env.end()) return given->second;
    const char* own = std::getenv("PATH");
    return own ? own : "/usr/local/bin:/usr/bin:/bin";
}

bool is_directory(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

Spawned failed(std::string why) {
    Spawned out;
    out.error = std::move(why);
    return out;
}

// The number of a posix_spawn that failed, or 0.
int start(const Launch& launch, const std::string& program, const Actions& actions, pid_t& pid) {
    const Attributes attributes(launch.streams == Streams::terminal);
    std::vector<std::string> argv = launch.argv;
    std::vector<std::string> env;
    for (const auto& [name, value] : launch.env) env.push_back(name + "=" + value);
    return ::posix_spawn(&pid, program.c_str(), &actions.actions, &attributes.attributes,
                         pointers(argv).data(), pointers(env).data());
}

}  // namespace

std::string find_program(const std::string& program, const std::string& path) {
    if (program.find('/') != std::string::npos) return program;
    if (program.empty()) return {};
    for (std::string_view rest = path;;) {
        const std::string_view directory = rest.substr(0, rest.find(':'));
        const std::string file = fmt::format("{}/{}", directory.empty() ? "." : directory, program);
        if (::access(file.c_str(), X_OK) == 0 && !is_directory(file)) return file;
        if (directory.size() == rest.size()) return {};
        rest.remove_prefix(directory.size() + 1);
    }
}

Spawned spawn(const Launch& launch) {
    if (launch.argv.empty()) return failed("there is no command to start");
    const std::string program = find_program(launch.argv[0], search_path_of(launch));
    if (program.empty()) return failed(fmt::format("'{}' is not in PATH", launch.argv[0]));
    if (!launch.directory.empty() && !is_directory(launch.directory))
        return failed(fmt::format("the working directory '{}' does not exist", launch.directory));

    std::optional<Wires> wires = lay(launch.streams);
    if (!wires) return failed(fmt::format("no pipe or terminal: {}", std::strerror(errno)));

    Spawned child;
    const Actions actions(*wires, launch.directory);
    if (const int code = start(launch, program, actions, child.pid); code != 0)
        return failed(fmt::format("'{}' cannot be started: {}", program, std::strerror(code)));

    child.end = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, child.pid, 0)));
    if (child.end.get() < 0) {
        const int code = errno;
        ::kill(-child.pid, SIGKILL);
        ::waitpid(child.pid, nullptr, 0);
        return failed(fmt::format("no pidfd: {}", std::strerror(code)));
    }
    child.input = std::move(wires->input);
    child.output = std::move(wires->output);
    child.errors = std::move(wires->errors);
    return child;
}

}  // namespace guise::process
