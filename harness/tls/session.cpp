#include "tls/session.hpp"

#include "tls/client_hello.hpp"
#include "tls/messages.hpp"

namespace guise::tls {

namespace {

// No honest handshake comes near it; a hostile client could otherwise make us remember without end.
constexpr std::size_t most_entries = 256;

int session_index() {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

// RFC 8446 section 6: all others are errors, whatever their level says. no_renegotiation (100) is a warning
// of TLS 1.2.
bool is_error(std::uint8_t description) {
    return description != SSL_AD_CLOSE_NOTIFY && description != SSL_AD_USER_CANCELLED &&
           description != SSL_AD_NO_RENEGOTIATION;
}

}  // namespace

void Session::attach(SSL& ssl) { SSL_set_ex_data(&ssl, session_index(), this); }

Session& Session::of(const SSL* ssl) noexcept {
    return *static_cast<Session*>(SSL_get_ex_data(ssl, session_index()));
}

void Session::message(const SSL& ssl, Direction direction, ByteView message) {
    step(direction, message_name(message), message.size());
    if (message.size() < 4) return;
    const std::uint8_t type = message.front();
    if (direction == Direction::received) {
        if (type == client_hello_message && !transcript.hello)
            transcript.hello = parse_client_hello(message.subspan(4));
        return;
    }
    if (type == certificate_message) certificate_written = true;
    if (type != server_hello_message) return;
    leaf.swap();  // nothing reads the leaf between here and the Certificate message
    server_hello_written = !is_hello_retry_request(message);
    if (!server_hello_written) return;
    transcript.version = SSL_get_version(&ssl);
    const SSL_CIPHER* cipher = SSL_get_cipher_by_value(cipher_of_server_hello(message).value_or(0));
    if (cipher) transcript.cipher = SSL_CIPHER_standard_name(cipher);
}

void Session::alert(Direction direction, std::uint8_t level, std::uint8_t description, bool in_clear) {
    if (direction == Direction::received) {
        transcript.close_notify |= description == SSL_AD_CLOSE_NOTIFY;
        client_refused |= is_error(description);
    }
    if (transcript.alerts.size() < most_entries)
        transcript.alerts.push_back({direction, level, description, in_clear, elapsed()});
}

void Session::step(Direction direction, std::string what, std::size_t bytes) {
    auto& steps = transcript.steps;
    if (what == "ApplicationData" && !steps.empty() && steps.back().direction == direction &&
        steps.back().what == what)
        steps.back().bytes += bytes;
    else if (steps.size() < most_entries)
        steps.push_back({direction, std::move(what), bytes, elapsed()});
}

void Session::fail(std::string why) {
    if (transcript.error.empty()) transcript.error = std::move(why);
}

}  // namespace guise::tls
