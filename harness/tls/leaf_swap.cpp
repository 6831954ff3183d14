// The leaf swap.
//
// BoringSSL reads the public key out of a server's leaf, and refuses one where it cannot: a trailing byte, a
// truncation, DSA, a keyUsage without digitalSignature. Those are what a client has to be tried with. But
// after the ServerHello nothing looks into the leaf again: its bytes are copied into the Certificate message.
// So a decoy of the same size is installed, in memory that BoringSSL does not copy, and overwritten between
// the two messages. The signature of the handshake is made with the decoy's key, as it has to be.
//
// The limits: a leaf cannot be smaller than the smallest decoy for its key, nor have one of the three sizes
// that no DER value has.
#include "tls/leaf_swap.hpp"

#include <openssl/bytestring.h>
#include <openssl/evp.h>
#include <openssl/mem.h>

#include <algorithm>

namespace guise::tls {

namespace {

bool add_padding(CBB* parent, unsigned tag, std::size_t size) {
    CBB child;
    std::uint8_t* padding = nullptr;
    if (!CBB_add_asn1(parent, &child, tag) || !CBB_add_space(&child, &padding, size)) return false;
    std::fill_n(padding, size, std::uint8_t{1});
    return CBB_flush(parent) == 1;
}

// What BoringSSL walks over on its way to the public key, each part as short as the walk allows. Issuer and
// signature algorithm carry the padding.
std::optional<Bytes> skeleton(const EVP_PKEY& key, std::size_t issuer, std::size_t algorithm) {
    bssl::ScopedCBB out;
    CBB certificate, tbs;
    if (!CBB_init(out.get(), 256 + issuer) || !CBB_add_asn1(out.get(), &certificate, CBS_ASN1_SEQUENCE) ||
        !CBB_add_asn1(&certificate, &tbs, CBS_ASN1_SEQUENCE) ||
        !add_padding(&tbs, CBS_ASN1_INTEGER, 1) ||        // serialNumber
        !add_padding(&tbs, CBS_ASN1_SEQUENCE, 0) ||       // signature
        !add_padding(&tbs, CBS_ASN1_SEQUENCE, issuer) ||  // issuer
        !add_padding(&tbs, CBS_ASN1_SEQUENCE, 0) ||       // validity
        !add_padding(&tbs, CBS_ASN1_SEQUENCE, 0) ||       // subject
        !EVP_marshal_public_key(&tbs, &key) ||            // subjectPublicKeyInfo
        !add_padding(&certificate, CBS_ASN1_SEQUENCE, algorithm) || !CBB_flush(out.get()))
        return std::nullopt;
    const std::uint8_t* data = CBB_data(out.get());
    return Bytes(data, data + CBB_len(out.get()));
}

}  // namespace

// DER lengths jump by more than one where they get another byte, at three levels here. What the issuer cannot
// make up for because of the inner two, the signature algorithm can; what lies in the jump of the outermost
// one (130, 259, 65540 bytes) is no size of any DER value.
std::optional<Bytes> decoy_leaf(const EVP_PKEY& key, std::size_t size) {
    constexpr std::size_t longest_algorithm = 4;
    constexpr std::size_t most_length_octets = 12;
    for (std::size_t algorithm = 0; algorithm <= longest_algorithm; ++algorithm) {
        const auto least = skeleton(key, 0, algorithm);
        if (!least || least->size() > size) return std::nullopt;
        const std::size_t missing = size - least->size();
        for (std::size_t spare = 0; spare <= std::min(missing, most_length_octets); ++spare) {
            auto decoy = skeleton(key, missing - spare, algorithm);
            if (decoy && decoy->size() == size) return decoy;
        }
    }
    return std::nullopt;
}

bool LeafSwap::prepare(const EVP_PKEY& key, ByteView leaf) {
    auto decoy = decoy_leaf(key, leaf.size());
    if (!decoy) return false;
    memory_ = std::move(*decoy);
    leaf_ = leaf;
    return true;
}

void LeafSwap::swap() noexcept { std::ranges::copy(leaf_, memory_.begin()); }

}  // namespace guise::tls
