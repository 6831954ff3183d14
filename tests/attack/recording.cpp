// One blocking connection after the other: the server here exists to be talked to, and the engine that plays
// it is the one under attack.
#include "attack/recording.hpp"

#include "tls/engine.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <cstdio>
#include <netinet/in.h>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace guise::attack {

namespace {

struct Client {
    const char* program;  // must be installed
    const char* name;
    const char* command;  // for the shell; PORT is the server's
};

// budget: table, one client a line
constexpr auto clients = std::to_array<Client>({
    {"curl", "curl 1.2 trusting", "curl -ks --tlsv1.2 --tls-max 1.2 https://127.0.0.1:PORT/"},
    {"curl", "curl 1.3 trusting", "curl -ks --tlsv1.3 https://127.0.0.1:PORT/"},
    {"curl", "curl 1.2 wary", "curl -s --tlsv1.2 --tls-max 1.2 https://127.0.0.1:PORT/"},
    {"curl", "curl 1.3 wary", "curl -s --tlsv1.3 https://127.0.0.1:PORT/"},
    {"wget", "wget 1.2 trusting",
     "wget -qO- -t1 --no-check-certificate --secure-protocol=TLSv1_2 https://127.0.0.1:PORT/"},
    {"wget", "wget 1.3 trusting",
     "wget -qO- -t1 --no-check-certificate --secure-protocol=TLSv1_3 https://127.0.0.1:PORT/"},
    {"wget", "wget 1.2 wary", "wget -qO- -t1 --secure-protocol=TLSv1_2 https://127.0.0.1:PORT/"},
    {"wget", "wget 1.3 wary", "wget -qO- -t1 --secure-protocol=TLSv1_3 https://127.0.0.1:PORT/"},
    {"openssl", "s_client 1.2 trusting",
     "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -quiet -tls1_2 -connect 127.0.0.1:PORT"},
    {"openssl", "s_client 1.3 trusting",
     "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -quiet -tls1_3 -connect 127.0.0.1:PORT"},
    {"openssl", "s_client 1.2 wary",
     "openssl s_client -verify_return_error -tls1_2 -connect 127.0.0.1:PORT </dev/null"},
    {"openssl", "s_client 1.3 wary",
     "openssl s_client -verify_return_error -tls1_3 -connect 127.0.0.1:PORT </dev/null"},
    {"gnutls-cli", "gnutls 1.2 trusting",
     "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | gnutls-cli --insecure --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 "
     "-p PORT 127.0.0.1"},
    {"gnutls-cli", "gnutls 1.3 trusting",
     "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | gnutls-cli --insecure --priority NORMAL:-VERS-ALL:+VERS-TLS1.3 "
     "-p PORT 127.0.0.1"},
    {"gnutls-cli", "gnutls 1.2 wary",
     "gnutls-cli --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 -p PORT 127.0.0.1 </dev/null"},
    {"gnutls-cli", "gnutls 1.3 wary",
     "gnutls-cli --priority NORMAL:-VERS-ALL:+VERS-TLS1.3 -p PORT 127.0.0.1 </dev/null"},
    {"python3", "python 1.2 trusting",
     "python3 -c 'import ssl,socket;c=ssl._create_unverified_context();c.maximum_version=ssl.TLSVersion."
     "TLSv1_2;s=c.wrap_socket(socket.create_connection((\"127.0.0.1\",PORT)));s.sendall(b\"GET / HTTP/1.0"
     "\\r\\n\\r\\n\");s.recv(99)'"},
    {"python3", "python 1.3 trusting",
     "python3 -c 'import ssl,socket;c=ssl._create_unverified_context();s=c.wrap_socket(socket."
     "create_connection((\"127.0.0.1\",PORT)));s.sendall(b\"GET / HTTP/1.0\\r\\n\\r\\n\");s.recv(99)'"},
    {"python3", "python 1.3 wary",
     "python3 -c 'import ssl,socket;ssl.create_default_context().wrap_socket(socket.create_connection(("
     "\"127.0.0.1\",PORT)),server_hostname=\"localhost\")'"},
});

constexpr int patience_ms = 5000;

int listen_anywhere(std::string& port) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener, plain, size) != 0 || ::listen(listener, 8) != 0 ||
        ::getsockname(listener, plain, &size) != 0)
        throw std::runtime_error("cannot listen on loopback");
    port = std::to_string(ntohs(address.sin_port));
    return listener;
}

// In a process group of its own, so that a whole pipeline can be ended.
pid_t start(const std::string& command) {
    const std::string silent = "(" + command + ") >/dev/null 2>&1";
    const std::array<const char*, 4> arguments{"sh", "-c", silent.c_str(), nullptr};
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    pid_t child = -1;
    const int error = posix_spawn(&child, "/bin/sh", nullptr, &attributes,
                                  const_cast<char* const*>(arguments.data()), environ);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) throw std::runtime_error("cannot start a shell");
    return child;
}

bool run_to_end(const std::string& command) {
    int status = 0;
    ::waitpid(start(command), &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool readable(int descriptor) {
    pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
    return ::poll(&waiting, 1, patience_ms) == 1;
}

void send_all(int socket, ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
}

// Answers the first data, then ends the connection on our side.
Bytes converse(int socket, const std::shared_ptr<const tls::Presentation>& shown) {
    tls::Engine engine([&](const tls::ClientHello&) { return shown; },
                       [] { return std::chrono::microseconds(0); });
    Bytes stream;
    std::array<std::uint8_t, 16384> chunk{};
    while (readable(socket)) {
        const ssize_t size = ::recv(socket, chunk.data(), chunk.size(), 0);
        if (size <= 0) break;
        const ByteView bytes(chunk.data(), static_cast<std::size_t>(size));
        stream.insert(stream.end(), bytes.begin(), bytes.end());
        engine.receive(bytes);
        const bool answered = !engine.take_plaintext().empty();
        if (answered) {
            engine.send(as_bytes("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nok\n"));
            engine.close_notify();
        }
        send_all(socket, engine.take_output());
        if (answered || engine.dead()) ::shutdown(socket, SHUT_WR);
    }
    return stream;
}

Bytes record(const Client& client, const std::shared_ptr<const tls::Presentation>& shown) {
    std::string port;
    const int listener = listen_anywhere(port);
    std::string command = client.command;
    command.replace(command.find("PORT"), 4, port);
    const pid_t child = start(command);
    const int socket = readable(listener) ? ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC) : -1;
    Bytes stream = socket < 0 ? Bytes{} : converse(socket, shown);
    if (socket >= 0) ::close(socket);
    ::close(listener);
    ::kill(-child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    return stream;
}

}  // namespace

std::vector<Recording> record_clients(std::shared_ptr<const tls::Presentation> shown) {
    std::vector<Recording> out;
    std::string missing;
    for (const Client& client : clients) {
        const std::string program = client.program;
        if (missing.find(program) != std::string::npos) continue;
        if (!run_to_end("command -v " + program)) {
            missing = missing + " " + program;
            continue;
        }
        Bytes stream = record(client, shown);
        std::printf("recorded %-22s %5zu bytes\n", client.name, stream.size());
        if (!stream.empty()) out.push_back({client.name, std::move(stream)});
    }
    if (!missing.empty()) std::printf("not installed, so not recorded:%s\n", missing.c_str());
    return out;
}

}  // namespace guise::attack
