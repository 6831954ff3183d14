#include "tls/plain_transport.hpp"

#include "tls/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::plain_transport_test {

TEST_CASE("plain text carries data both ways without a handshake", "[tls][transport]") {
    PlainTransport plain(kit::ticking());
    CHECK(plain.finished());
    CHECK_FALSE(plain.secured());
    plain.receive(as_bytes("one "));
    plain.receive(as_bytes("two"));
    CHECK(plain.take_plaintext() == "one two");
    CHECK(plain.take_plaintext().empty());
    plain.send(as_bytes("answer"));
    CHECK(as_text(plain.take_output()) == "answer");
    CHECK(plain.take_output().empty());
    CHECK(plain.transcript().clear == "one two");
    CHECK(plain.transcript().bytes_in == 7);
    CHECK(plain.transcript().bytes_out == 6);
}

TEST_CASE("plain text goes on with the transcript that it takes over, and keeps 64 KiB", "[tls][transport]") {
    Transcript before;
    before.clear = std::string(65'530, 'a');
    before.bytes_in = 65'530;
    PlainTransport plain(kit::ticking(), before);
    plain.receive(as_bytes("0123456789"));
    CHECK(plain.transcript().clear.size() == 65'536);
    CHECK(plain.transcript().bytes_in == 65'540);
    CHECK(plain.take_plaintext() == "0123456789");
}

TEST_CASE("the first end of plain text counts", "[tls][transport]") {
    PlainTransport plain(kit::ticking());
    plain.ended(Ending::client_reset);
    plain.ended(Ending::deadline);
    CHECK(plain.transcript().ending == Ending::client_reset);
    CHECK(plain.transcript().lasted.count() == 1);
}

}  // namespace guise::tls::plain_transport_test
