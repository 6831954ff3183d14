// `guise serve --control` as a child process that speaks lines over a socket. Part of <guise/guise.hpp>.
#pragma once

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

extern char** environ;

namespace guise {

/// What keeps the server from doing what it was asked for, in its own words.
struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

namespace detail {

/// The program: that of the environment variable GUISE, else the one that this package was installed with,
/// else the one on PATH.
inline std::string program() {
    if (const char* given = std::getenv("GUISE"); given && *given) return given;
#ifdef GUISE_PROGRAM
    if (::access(GUISE_PROGRAM, X_OK) == 0) return GUISE_PROGRAM;
#endif
    return "guise";
}

/// A new folder that is removed with all that is in it.
class TemporaryFolder final {
 public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "guise-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw Error(name + ": " + std::strerror(errno));
        path_ = name;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
    std::filesystem::path path_;
};

/// The process, its standard input and output being one socket. It ends with the object.
class Process final {
 public:
    Process() {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            throw Error(std::string("socketpair: ") + std::strerror(errno));
        socket_ = ends[0];
        const int code = start(ends[1]);
        ::close(ends[1]);
        if (code == 0) return;
        ::close(socket_);
        throw Error("'" + program() + "' cannot be started (" + std::strerror(code) +
                    "): set the environment variable GUISE to the path of guise");
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() {
        ::shutdown(socket_, SHUT_WR);
        wait();
        ::close(socket_);
    }

    /// Sends one line. False where the process is gone.
    bool send(const std::string& text) {
        const std::string line = text + "\n";
        for (std::size_t at = 0; at < line.size();) {
            const ssize_t sent = ::send(socket_, line.data() + at, line.size() - at, MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR) continue;
            if (sent <= 0) return false;
            at += static_cast<std::size_t>(sent);
        }
        return true;
    }

    /// Waits for the next line, without its newline. False where none comes any more.
    bool receive(std::string& line) {
        for (;;) {
            if (const auto end = read_.find('\n'); end != std::string::npos) {
                line = read_.substr(0, end);
                read_.erase(0, end + 1);
                return true;
            }
            char bytes[16384];
            const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return false;
            read_.append(bytes, static_cast<std::size_t>(got));
        }
    }

    /// Why it has ended, in its own words where it left some.
    std::string why_it_ended() {
        const int status = wait();
        std::ifstream stream(errors());
        std::string said{std::istreambuf_iterator<char>(stream), {}};
        while (!said.empty() && said.back() == '\n') said.pop_back();
        return said.empty() ? "guise has ended with the wait status " + std::to_string(status) : said;
    }

 private:
    [[nodiscard]] std::string errors() const { return (folder_.path() / "server.err").string(); }

    // In a group of its own: what interrupts the tests is for them to handle. Returns the number of the
    // error.
    int start(int its_end) {
        std::vector<std::string> words{program(), "serve", "--control", "--dir", folder_.path().string()};
        std::vector<char*> argv;
        for (std::string& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, its_end, 0);
        ::posix_spawn_file_actions_adddup2(&actions, its_end, 1);
        ::posix_spawn_file_actions_addopen(&actions, 2, errors().c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawnattr_t attributes;
        ::posix_spawnattr_init(&attributes);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        const int code = ::posix_spawnp(&pid_, argv[0], &actions, &attributes, argv.data(), environ);
        ::posix_spawnattr_destroy(&attributes);
        ::posix_spawn_file_actions_destroy(&actions);
        return code;
    }

    int wait() {
        while (pid_ > 0 && ::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
        }
        pid_ = 0;
        return status_;
    }

    TemporaryFolder folder_;
    int socket_ = -1;
    pid_t pid_ = 0;
    int status_ = 0;
    std::string read_;  // and not yet given out
};

}  // namespace detail
}  // namespace guise
