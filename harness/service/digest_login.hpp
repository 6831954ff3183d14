// HTTP Digest (RFC 7616), with MD5 and SHA-256, of the quality `auth`.
//
// The password never crosses the wire: the client sends a hash of it, of the server's nonce and of the
// request. Who knows the password can say whether that hash was made with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guise::service {

/// What a server asks for.
struct DigestChallenge {
    std::string realm;
    std::string qop;
};

/// The values of `WWW-Authenticate`, one for each hash. MD5 comes first: some clients read the first only.
[[nodiscard]] std::vector<std::string> challenges(const DigestChallenge& challenge, std::string_view nonce);

/// Whether a value of `Authorization` is a proof of `password` for this method, with the user, realm, nonce
/// and URI that it names itself: a proof for another server proves no less that the client uses the password.
[[nodiscard]] bool proves(std::string_view authorization, std::string_view method, std::string_view password);

}  // namespace guise::service
