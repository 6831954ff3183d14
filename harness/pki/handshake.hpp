// Reads what a defect makes of the handshake: `handshake:` in certs/defects/.
#pragma once

#include "base/problem.hpp"
#include "base/yaml.hpp"
#include "tls/presentation.hpp"

namespace guise::pki {

/// One of them is out of the ordinary.
struct HandshakeChange {
    tls::SignatureFault signature = tls::SignatureFault::none;
    tls::Mutation mutation{};
};

/// Reads `{signature: FAULT}`, or `{do: TWIST}` with `octets` (hexadecimal) for an extension and `after` for
/// a server that stops. Placeholders must be filled. All that is wrong goes to `problems`.
[[nodiscard]] HandshakeChange parse_handshake(const yaml::Value& map, Problems& problems);

}  // namespace guise::pki
