#include "evidence/hello_secret.hpp"

#include "secrets/find.hpp"

#include <utility>

namespace guise::evidence {

void look_into_hellos(std::vector<tls::Transcript>& connections, const std::string& canary) {
    for (tls::Transcript& connection : connections) {
        const std::string octets = std::exchange(connection.hello_octets, {});
        connection.hello_secret = secrets::form_of_secret(octets, canary);
    }
}

}  // namespace guise::evidence
