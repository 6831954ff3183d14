#include "tls/session.hpp"

#include "tls/alerts.hpp"
#include "tls/client_hello.hpp"
#include "tls/messages.hpp"
#include "tls/record_tap.hpp"

namespace guise::tls {

namespace {

// No honest handshake comes near it; a hostile client could otherwise make us remember without end.
constexpr std::size_t most_entries = 256;

int session_index() {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

// BoringSSL does not know them.
const char* anonymous_suite_name(std::uint16_t suite) {
    if (suite == 0xC018) return "TLS_ECDH_anon_WITH_AES_128_CBC_SHA";
    return suite == 0xC019 ? "TLS_ECDH_anon_WITH_AES_256_CBC_SHA" : "";
}

}  // namespace

void Session::attach(SSL& ssl) { SSL_set_ex_data(&ssl, session_index(), this); }

Session& Session::of(const SSL* ssl) noexcept {
    return *static_cast<Session*>(SSL_get_ex_data(ssl, session_index()));
}

void Session::received(ByteView message) {
    step(Direction::received, message_name(message), message.size());
    if (message.size() < 4 || message.front() != client_hello_message || transcript.hello) return;
    const ByteView body = message.subspan(4);
    transcript.hello = parse_client_hello(body);
    transcript.hello_octets = as_text(body.first(std::min(body.size(), Transcript::most_kept)));
}

void Session::sent(const SSL& ssl, std::span<std::uint8_t> message) {
    if (message.size() < 4) return;
    const std::uint8_t type = message.front();
    if (type == server_hello_message) {
        leaf.swap();  // nothing reads the leaf between here and the Certificate message
        server_hello_written = !is_hello_retry_request(message);
    }
    if (!mutator) return said(ssl, message);
    for (const Record& record : mutator->message(message, SSL_version(&ssl) >= TLS1_3_VERSION)) {
        if (record.type == handshake_record)
            said(ssl, record.body);
        else
            step(Direction::sent, record.type == heartbeat_record ? "Heartbeat" : "ChangeCipherSpec",
                 record.body.size());
    }
}

void Session::said(const SSL& ssl, ByteView message) {
    step(Direction::sent, message_name(message), message.size());
    const std::uint8_t type = message.front();
    if (type == certificate_message || type == compressed_certificate_message) certificate_written = true;
    if (type != server_hello_message || is_hello_retry_request(message)) return;
    transcript.version = SSL_get_version(&ssl);
    const std::uint16_t suite = cipher_of_server_hello(message).value_or(0);
    const SSL_CIPHER* cipher = SSL_get_cipher_by_value(suite);
    transcript.cipher = cipher ? SSL_CIPHER_standard_name(cipher) : anonymous_suite_name(suite);
}

void Session::alert(Direction direction, std::uint8_t level, std::uint8_t description, bool in_clear) {
    if (direction == Direction::received) {
        transcript.close_notify |= description == SSL_AD_CLOSE_NOTIFY;
        client_refused |= is_error_alert(description);
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
