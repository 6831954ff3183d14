#include "tls/transcript.hpp"

namespace guise::tls {

void Transcript::begin_visit() {
    hello_octets.clear();
    hello_secret.clear();
    alerts.clear();
    steps.clear();
    bytes_in = bytes_out = 0;
    application.clear();
    application_bytes = 0;
    application_secret.clear();
    clear.clear();
    clear_secret.clear();
    secret_proven = false;
}

}  // namespace guise::tls
