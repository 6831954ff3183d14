// posix_spawn with everything a test harness needs around it.
//
// Sockets made by Asio are inherited by every child unless somebody closes them, and a child that holds a
// listener or another client's pipe changes what the harness sees. So the child closes all descriptors above
// 2 itself, and the pipes are close-on-exec besides, for the children that other code starts meanwhile.
#include "clients/spawn.hpp"

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

namespace guise::clients {

Descriptor::~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
}

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

// What happens in the child between fork and exec. Lifetime: the pipes must outlive the call of posix_spawn.
class Actions final {
 public:
    Actions(int in, int out, int err, const std::string& directory) {
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, in, 0);
        ::posix_spawn_file_actions_adddup2(&actions, out, 1);
        ::posix_spawn_file_actions_adddup2(&actions, err, 2);
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
    Attributes() {
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        ::posix_spawnattr_init(&attributes);
        ::posix_spawnattr_setflags(&attributes,
                                   POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
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
    const Attributes attributes;
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

    std::optional<Pipe> in = make_pipe();
    std::optional<Pipe> out = make_pipe();
    std::optional<Pipe> err = make_pipe();
    if (!in || !out || !err) return failed(fmt::format("no pipe: {}", std::strerror(errno)));

    Spawned child;
    const Actions actions(in->read.get(), out->write.get(), err->write.get(), launch.directory);
    if (const int code = start(launch, program, actions, child.pid); code != 0)
        return failed(fmt::format("'{}' cannot be started: {}", program, std::strerror(code)));

    child.end = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, child.pid, 0)));
    if (child.end.get() < 0) {
        const int code = errno;
        ::kill(-child.pid, SIGKILL);
        ::waitpid(child.pid, nullptr, 0);
        return failed(fmt::format("no pidfd: {}", std::strerror(code)));
    }
    child.input = std::move(in->write);
    child.output = std::move(out->read);
    child.errors = std::move(err->read);
    for (const Descriptor* end : {&child.input, &child.output, &child.errors}) never_block(*end);
    return child;
}

}  // namespace guise::clients
