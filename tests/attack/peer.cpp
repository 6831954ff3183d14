#include "attack/peer.hpp"

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace guise::attack {

namespace {

constexpr std::chrono::seconds start_patience{30};

std::array<int, 2> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    return ends;
}

pid_t spawn(const std::vector<std::string>& command, int input, int output) {
    std::vector<char*> arguments;
    for (const std::string& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    pid_t child = -1;
    const int error = posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error("cannot start " + command.front());
    return child;
}

SSL_CTX& context() {
    static const bssl::UniquePtr<SSL_CTX> one = [] {
        bssl::UniquePtr<SSL_CTX> made(SSL_CTX_new(TLS_with_buffers_method()));
        SSL_CTX_set_max_proto_version(made.get(), TLS1_3_VERSION);
        SSL_CTX_set_custom_verify(made.get(), SSL_VERIFY_PEER,
                                  [](SSL*, std::uint8_t*) { return ssl_verify_ok; });
        return made;
    }();
    return *one;
}

}  // namespace

ServerProcess::ServerProcess(const std::vector<std::string>& command) {
    const auto input = make_pipe(), output = make_pipe();
    child_ = spawn(command, input[0], output[1]);
    ::close(input[0]);
    ::close(output[1]);
    to_ = input[1];
    from_ = output[0];
    while (port_ == 0)
        if (!read_some(start_patience)) throw std::runtime_error("the server does not start");
}

ServerProcess::~ServerProcess() {
    if (child_ < 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
}

const std::vector<Report>& ServerProcess::reports(std::size_t wanted, std::chrono::milliseconds patience) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + patience;
    while (reports_.size() < wanted) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
        if (left.count() < 0 || !read_some(left)) break;
    }
    return reports_;
}

void ServerProcess::stop() {
    int status = 0;
    ::close(to_);
    ::waitpid(std::exchange(child_, -1), &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw std::runtime_error("the server did not end well");
}

// False at the end of the time, or of the server.
bool ServerProcess::read_some(std::chrono::milliseconds patience) {
    pollfd waiting{.fd = from_, .events = POLLIN, .revents = 0};
    std::array<char, 65'536> chunk{};
    if (::poll(&waiting, 1, static_cast<int>(patience.count())) != 1) return false;
    const ssize_t size = ::read(from_, chunk.data(), chunk.size());
    if (size <= 0) return false;
    text_.append(chunk.data(), static_cast<std::size_t>(size));
    for (std::size_t end = text_.find('\n'); end != std::string::npos; end = text_.find('\n')) {
        std::istringstream line(text_.substr(0, end));
        text_.erase(0, end + 1);
        std::string what;
        line >> what;
        if (what == "port") line >> port_;
        long lasted = 0;
        Report report;
        if (what == "ended" && line >> report.ending >> report.reached >> lasted) {
            report.lasted = std::chrono::milliseconds(lasted);
            reports_.push_back(std::move(report));
        }
    }
    return true;
}

Peer::Peer(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{.tv_sec = 30, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (socket_ < 0 || ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect to the server");
}

Peer::Peer(Peer&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

Peer::~Peer() {
    if (socket_ >= 0) ::close(socket_);
}

void Peer::send_half() {
    constexpr std::array<std::uint8_t, 9> beginning{22, 3, 1, 2, 0, 1, 0, 1, 252};
    if (::send(socket_, beginning.data(), beginning.size(), MSG_NOSIGNAL) < 0)
        throw std::runtime_error("the server has gone");
}

void Peer::shake_hands() { (void)secured(); }

bool Peer::fetch() {
    const auto ssl = secured();
    constexpr std::string_view request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    SSL_write(ssl.get(), request.data(), static_cast<int>(request.size()));
    std::string answer;
    std::array<char, 4096> chunk{};
    for (int size = 0; (size = SSL_read(ssl.get(), chunk.data(), chunk.size())) > 0;)
        answer.append(chunk.data(), static_cast<std::size_t>(size));
    return answer.starts_with("HTTP/1.1 200");
}

bssl::UniquePtr<SSL> Peer::secured() const {
    bssl::UniquePtr<SSL> ssl(SSL_new(&context()));
    SSL_set_fd(ssl.get(), socket_);
    if (SSL_connect(ssl.get()) != 1) throw std::runtime_error("the server does not shake hands");
    return ssl;
}

}  // namespace guise::attack
