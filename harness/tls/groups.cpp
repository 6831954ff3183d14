#include "tls/groups.hpp"

#include <openssl/err.h>

namespace guise::tls {

// P-521 is not in BoringSSL's own list, and a leaf with such a key needs it in TLS 1.2. Versions before 2024
// do not know the hybrid key exchange, and refuse a list that has it.
bool set_groups(SSL_CTX& context) noexcept {
    if (SSL_CTX_set1_curves_list(&context, "X25519MLKEM768:X25519:P-256:P-384:P-521") == 1) return true;
    ERR_clear_error();
    return SSL_CTX_set1_curves_list(&context, "X25519:P-256:P-384:P-521") == 1;
}

std::string group_name(const SSL& ssl) {
#ifdef SSL_GROUP_X25519
    const char* name = SSL_get_group_name(SSL_get_group_id(&ssl));
#else  // before 2023
    const char* name = SSL_get_curve_name(SSL_get_curve_id(&ssl));
#endif
    return name ? name : "";
}

}  // namespace guise::tls
