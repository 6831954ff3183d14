#include "tls/install.hpp"

#include "tls/handshake_mutator.hpp"
#include "tls/signer.hpp"

#include <openssl/err.h>
#include <openssl/pool.h>

namespace guise::tls {

namespace {

// Without a copy: the presentation is kept for as long as the connection, and the swap writes to the memory.
bssl::UniquePtr<CRYPTO_BUFFER> buffer_over(ByteView bytes) {
    return bssl::UniquePtr<CRYPTO_BUFFER>(
        CRYPTO_BUFFER_new_from_static_data_unsafe(bytes.data(), bytes.size(), nullptr));
}

bool set_chain(SSL& ssl, const Presentation& presentation, ByteView leaf) {
    std::vector<bssl::UniquePtr<CRYPTO_BUFFER>> owned;
    std::vector<CRYPTO_BUFFER*> chain;
    for (const Bytes& certificate : presentation.certificates) {
        owned.push_back(buffer_over(owned.empty() ? leaf : ByteView(certificate)));
        chain.push_back(owned.back().get());
    }
    const bool faulty = presentation.signature != SignatureFault::none ||
                        presentation.mutation.kind == MutationKind::no_certificate;
    const bool done =
        SSL_set_chain_and_key(&ssl, chain.data(), chain.size(), faulty ? nullptr : presentation.key.get(),
                              faulty ? &faulty_signer() : nullptr) == 1;
    ERR_clear_error();
    return done;
}

std::string set_certificates(SSL& ssl, const Presentation& presentation, LeafSwap& leaf) {
    if (presentation.certificates.empty()) return "nothing to present: the chain is empty";
    if (!presentation.key) return "nothing to present: the leaf has no key";
    const Bytes& wanted = presentation.certificates.front();
    if (set_chain(ssl, presentation, wanted)) return {};
    if (!leaf.prepare(*presentation.key, wanted))
        return "the leaf cannot be sent: BoringSSL refuses it, and its " + std::to_string(wanted.size()) +
               " bytes are no size of a decoy";
    if (set_chain(ssl, presentation, leaf.decoy())) return {};
    return "the leaf cannot be sent: BoringSSL refuses its key";
}

bool set_versions(SSL& ssl, Versions versions) {
    switch (versions) {
        case Versions::any:
            return true;
        case Versions::tls12:
            return SSL_set_min_proto_version(&ssl, TLS1_2_VERSION) &&
                   SSL_set_max_proto_version(&ssl, TLS1_2_VERSION);
        case Versions::tls13:
            return SSL_set_min_proto_version(&ssl, TLS1_3_VERSION) &&
                   SSL_set_max_proto_version(&ssl, TLS1_3_VERSION);
    }
    return false;
}

}  // namespace

std::string install(SSL& ssl, const Presentation& presentation, LeafSwap& leaf) {
    if (std::string problem = set_certificates(ssl, presentation, leaf); !problem.empty()) return problem;
    if (!set_versions(ssl, presentation.versions)) return "BoringSSL refuses the TLS version";
    const Bytes& staple = presentation.ocsp_response;
    if (!staple.empty() && !SSL_set_ocsp_response(&ssl, staple.data(), staple.size()))
        return "BoringSSL refuses the OCSP staple";
    // RSA key exchange has no signature that could be wrong.
    if (presentation.signature != SignatureFault::none && !needs_mutator(presentation) &&
        !SSL_set_strict_cipher_list(&ssl, "ALL:!kRSA"))
        return "BoringSSL refuses the cipher list";
    return {};
}

}  // namespace guise::tls
