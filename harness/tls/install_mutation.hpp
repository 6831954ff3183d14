// Prepares a BoringSSL connection for what its presentation has out of the ordinary.
#pragma once

#include "tls/session.hpp"

#include <openssl/ssl.h>

#include <string>

namespace guise::tls {

/// Gives the connection what its mutation needs: a mutator, another context, other ciphers, other
/// certificates in the chain. To be called inside the callback that selects a certificate, before `install`;
/// it may replace the session's presentation by one that is changed. Does nothing for a presentation without
/// a mutation. Returns what kept it from that; empty when all went well.
[[nodiscard]] std::string install_mutation(const SSL_CLIENT_HELLO& hello, Session& session);

/// The presentation with the chain that BoringSSL has to be given for its mutation, whatever the client is
/// shown; nothing where that is the chain as it is. `tls13`: the version that will be spoken.
[[nodiscard]] std::shared_ptr<const Presentation> with_room(const Presentation& shown, bool tls13);

}  // namespace guise::tls
