#include "pki/trust.hpp"

#include <openssl/err.h>
#include <openssl/stack.h>
#include <openssl/x509.h>

namespace guise::pki {

namespace {

bssl::UniquePtr<X509> parsed_certificate(const Bytes& der) {
    const std::uint8_t* at = der.data();
    bssl::UniquePtr<X509> out(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    return out;
}

}  // namespace

std::string why_untrusted(const std::vector<Bytes>& chain, const std::vector<Bytes>& anchors,
                          std::chrono::sys_seconds now) {
    const bssl::UniquePtr<X509_STORE> store(X509_STORE_new());
    for (const Bytes& anchor : anchors)
        if (const auto parsed = parsed_certificate(anchor)) X509_STORE_add_cert(store.get(), parsed.get());
    const bssl::UniquePtr<STACK_OF(X509)> rest(sk_X509_new_null());
    for (std::size_t i = 1; i < chain.size(); ++i)
        if (auto parsed = parsed_certificate(chain[i])) sk_X509_push(rest.get(), parsed.release());
    const auto leaf = chain.empty() ? nullptr : parsed_certificate(chain[0]);
    if (!leaf) return "not a certificate";
    const bssl::UniquePtr<X509_STORE_CTX> context(X509_STORE_CTX_new());
    if (!X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), rest.get())) return "out of memory";
    X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(context.get()),
                               static_cast<time_t>(now.time_since_epoch().count()));
    const bool trusted = X509_verify_cert(context.get()) == 1;
    ERR_clear_error();
    return trusted ? "" : X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
}

}  // namespace guise::pki
