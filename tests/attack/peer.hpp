// The other end of attack_held: the server's process, and clients with plain blocking sockets.
#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace guise::attack {

/// What the server tells of a connection that has ended.
struct Report {
    std::string ending;   // `deadline`
    std::string reached;  // `silent`, `begun`, `finished` or `data`
    std::chrono::milliseconds lasted{};
};

/// The server in a process of its own, until `stop`.
class ServerProcess final {
 public:
    /// Starts it and waits for its port.
    explicit ServerProcess(const std::vector<std::string>& command);
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    /// All reports that come until there are `wanted` since the start, or until the time is over.
    const std::vector<Report>& reports(std::size_t wanted, std::chrono::milliseconds patience);
    /// Ends it, and throws where it does not end well: a sanitizer's report is an exit code, too.
    void stop();

 private:
    [[nodiscard]] bool read_some(std::chrono::milliseconds patience);

    pid_t child_ = -1;
    int to_ = -1, from_ = -1;
    std::uint16_t port_ = 0;
    std::string text_;
    std::vector<Report> reports_;
};

/// One client's connection, open as long as the object lives. It trusts everything.
class Peer final {
 public:
    explicit Peer(std::uint16_t port);
    ~Peer();
    Peer(Peer&& other) noexcept;
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    /// Sends the beginning of a record that never ends.
    void send_half();
    /// A whole handshake; then silence.
    void shake_hands();
    /// A whole handshake and a request. Whether the answer was a 200.
    [[nodiscard]] bool fetch();

 private:
    [[nodiscard]] bssl::UniquePtr<SSL> secured() const;
    int socket_ = -1;
};

}  // namespace guise::attack
