// Makes one full TLS 1.3 handshake after the other with the server on a loopback port, and closes each.
//
//   bench_client PORT COUNT    prints COUNT, the seconds it took, and the median of a handshake in
//   microseconds
//
// Any certificate is right: the server's work is measured, not the client's. A handshake that fails, or that
// resumes an earlier one, ends the program with a message.
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

bssl::UniquePtr<SSL_CTX> make_context() {
    bssl::UniquePtr<SSL_CTX> context(SSL_CTX_new(TLS_with_buffers_method()));
    SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), TLS1_3_VERSION);
    // The peers know no hybrid one, and the work is to be the same.
    SSL_CTX_set1_curves_list(context.get(), "X25519");
    SSL_CTX_set_custom_verify(context.get(), SSL_VERIFY_PEER,
                              [](SSL*, std::uint8_t*) { return ssl_verify_ok; });
    return context;
}

int connect_to(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("nobody listens on the port");
    return socket;
}

void shake_hands(SSL_CTX& context, std::uint16_t port) {
    const int socket = connect_to(port);
    const bssl::UniquePtr<SSL> ssl(SSL_new(&context));
    SSL_set_fd(ssl.get(), socket);
    SSL_set_tlsext_host_name(ssl.get(), "localhost");
    if (SSL_connect(ssl.get()) != 1) {
        const char* reason = ERR_reason_error_string(ERR_peek_error());
        throw std::runtime_error(reason ? reason : "the server has closed");
    }
    if (SSL_session_reused(ssl.get())) throw std::runtime_error("the server has resumed");
    SSL_shutdown(ssl.get());
    ::close(socket);
}

void loop(std::uint16_t port, std::size_t count) {
    const auto context = make_context();
    std::vector<double> each;
    const auto start = Clock::now();
    for (std::size_t i = 0; i < count; ++i) {
        const auto before = Clock::now();
        shake_hands(*context, port);
        each.push_back(std::chrono::duration<double, std::micro>(Clock::now() - before).count());
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    std::nth_element(each.begin(), each.begin() + static_cast<std::ptrdiff_t>(each.size() / 2), each.end());
    std::printf("%zu %.3f %.0f\n", count, seconds, each[each.size() / 2]);
}

}  // namespace

int main(int count, char** arguments) {
    const int handshakes = count == 3 ? std::atoi(arguments[2]) : 0;
    if (handshakes <= 0) {
        std::fputs("usage: bench_client PORT COUNT\n", stderr);
        return 4;
    }
    try {
        loop(static_cast<std::uint16_t>(std::atoi(arguments[1])), static_cast<std::size_t>(handshakes));
    } catch (const std::exception& e) {
        std::fprintf(stderr, "bench_client: %s\n", e.what());
        return 1;
    }
}
