#include "tls/transcript.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::transcript_test {

TEST_CASE("a connection keeps what is known of it in the next visit, and not what it carried",
          "[tls][transcript]") {
    Transcript connection;
    connection.visit = 1;
    connection.presented = "shown";
    connection.hello = ClientHello{};
    connection.certificate_sent = connection.finished = connection.secret_proven = true;
    connection.version = "TLSv1.3";
    connection.application = connection.clear = connection.hello_octets = connection.hello_secret =
        connection.application_secret = connection.clear_secret = "canary";
    connection.application_bytes = connection.bytes_in = connection.bytes_out = 6;
    connection.alerts.emplace_back();
    connection.steps.emplace_back();
    connection.begin_visit();
    CHECK(connection.visit == 1);
    CHECK(connection.presented == "shown");
    CHECK(connection.hello);
    CHECK((connection.certificate_sent && connection.finished));
    CHECK(connection.version == "TLSv1.3");
    CHECK_FALSE(connection.secret_proven);
    for (const std::string* carried :
         {&connection.application, &connection.clear, &connection.hello_octets, &connection.hello_secret,
          &connection.application_secret, &connection.clear_secret})
        CHECK(carried->empty());
    CHECK(connection.application_bytes + connection.bytes_in + connection.bytes_out == 0);
    CHECK((connection.alerts.empty() && connection.steps.empty()));
}

}  // namespace guise::tls::transcript_test
