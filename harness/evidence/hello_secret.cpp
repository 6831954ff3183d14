#include "evidence/hello_secret.hpp"

#include "secrets/find.hpp"

namespace guise::evidence {

void look_into_hellos(std::vector<tls::Transcript>& connections, const std::string& canary) {
    for (tls::Transcript& connection : connections) {
        connection.hello_secret = secrets::form_of_secret(connection.hello_octets, canary);
    }
}

}  // namespace guise::evidence
