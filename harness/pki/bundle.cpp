#include "pki/bundle.hpp"

#include "pki/elements.hpp"
#include "pki/issuer.hpp"
#include "pki/pem.hpp"
#include "pki/printable.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/bytestring.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/mem.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <optional>

namespace guise::pki {

Key key_from_pem(std::string_view text) {
    const auto never = [](char*, int, int, void*) { return 0; };  // never asks for a passphrase
    const bssl::UniquePtr<BIO> bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, never, nullptr), EVP_PKEY_free);
    ERR_clear_error();
    return key;
}

namespace {

constexpr std::string_view begin_mark = "-----BEGIN ";

// A block of the text: its label, and where it stands.
struct Block {
    std::string label;
    SourcePos where;
    std::size_t at = 0;
};

Result<std::vector<Block>> blocks_of(std::string_view text, const std::string& name) {
    std::vector<Block> out;
    int line = 1;
    std::size_t counted = 0;  // up to where `line` counts
    for (auto at = text.find(begin_mark); at != std::string_view::npos; at = text.find(begin_mark, at + 1)) {
        const auto passed = text.substr(counted, at - counted);
        line += static_cast<int>(std::count(passed.begin(), passed.end(), '\n'));
        counted = at;
        if (out.size() == most_blocks)
            return Problem{{name, line, 1}, fmt::format("at most {} blocks of PEM", most_blocks), "more"};
        const auto start = at + begin_mark.size();
        const auto end = std::min(text.find("-----", start), text.size());
        out.push_back({std::string(text.substr(start, end - start)), {name, line, 1}, at});
    }
    return out;
}

bool is_key(const Block& block) { return block.label.ends_with("PRIVATE KEY"); }

bool is_encrypted(const Block& block, std::string_view text) {
    const auto end = text.find("-----END", block.at);
    return block.label.starts_with("ENCRYPTED") ||
           text.substr(block.at, end - block.at).find("Proc-Type: 4,ENCRYPTED") != std::string_view::npos;
}

Result<Key> read_key(std::string_view text, const std::vector<Block>& blocks, const std::string& name) {
    const auto first = std::find_if(blocks.begin(), blocks.end(), is_key);
    if (first == blocks.end()) return Problem{{name, 0, 0}, "a PRIVATE KEY block beside the chain", "none"};
    const auto second = std::find_if(first + 1, blocks.end(), is_key);
    if (second != blocks.end()) return Problem{second->where, "one private key", "a second one"};
    if (is_encrypted(*first, text))
        return Problem{first->where,
                       "a private key that is not encrypted (nobody is asked for its passphrase)",
                       first->label};
    Key key = key_from_pem(text.substr(first->at));
    if (!key)
        return Problem{first->where, "a private key in PEM",
                       fmt::format("a {} block that is none", first->label)};
    return key;
}

using Certificate = bssl::UniquePtr<X509>;

Certificate parse(const Bytes& der) {
    const std::uint8_t* at = der.data();
    Certificate out(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    return out;
}

std::string name_of(X509_NAME* name) {
    std::uint8_t* der = nullptr;
    const int size = i2d_X509_NAME(name, &der);
    const bssl::UniquePtr<std::uint8_t> owner(der);
    return size <= 0 ? "?" : name_text({der, static_cast<std::size_t>(size)});
}

bool issued_by(const Bytes& subject, const Bytes& issuer) {
    const auto below = read_elements(subject), above = read_elements(issuer);
    return below && above && issued_by(*below, *above);
}

// Each certificate is signed by the next, and a leaf that did not sign itself has company.
std::optional<Problem> order_problem(const Bundle& bundle, const std::vector<Certificate>& chain,
                                     const std::vector<Block>& blocks) {
    for (std::size_t i = 0; i + 1 < chain.size(); ++i)
        if (!issued_by(bundle.chain[i], bundle.chain[i + 1]))
            return Problem{blocks[i + 1].where,
                           fmt::format("the issuer of the certificate before it, {}",
                                       name_of(X509_get_issuer_name(chain[i].get()))),
                           name_of(X509_get_subject_name(chain[i + 1].get()))};
    if (chain.size() == 1 && !issued_by(bundle.chain[0], bundle.chain[0]))
        return Problem{blocks[0].where,
                       "the entire chain: the issuer, " + name_of(X509_get_issuer_name(chain[0].get())),
                       "the leaf alone"};
    return std::nullopt;
}

std::optional<Problem> chain_problem(const Bundle& bundle, const std::vector<Block>& blocks) {
    std::vector<Certificate> chain;
    for (std::size_t i = 0; i < bundle.chain.size(); ++i) {
        chain.push_back(parse(bundle.chain[i]));
        if (!chain.back()) return Problem{blocks[i].where, "a certificate", "something else"};
    }
    const bssl::UniquePtr<EVP_PKEY> leaf_key(X509_get_pubkey(chain[0].get()));
    ERR_clear_error();
    if (!leaf_key || EVP_PKEY_cmp(leaf_key.get(), bundle.key.get()) != 1)
        return Problem{
            blocks[0].where, "the certificate of the private key first",
            fmt::format("{}, which has another key", name_of(X509_get_subject_name(chain[0].get())))};
    return order_problem(bundle, chain, blocks);
}

}  // namespace

Result<std::string> to_pem(const Bundle& bundle, const std::string& name) {
    const bssl::UniquePtr<BIO> bio(BIO_new(BIO_s_mem()));
    const std::uint8_t* data = nullptr;
    std::size_t size = 0;
    const bool written =
        PEM_write_bio_PKCS8PrivateKey(bio.get(), bundle.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    ERR_clear_error();
    if (!written || !BIO_mem_contents(bio.get(), &data, &size))
        return Problem{{name, 0, 0},
                       "a key with its two primes, which a file in PKCS #8 holds",
                       fmt::format("one of {} bits that was made in another way; `guise serve` shows it",
                                   EVP_PKEY_bits(bundle.key.get()))};
    return std::string(reinterpret_cast<const char*>(data), size) + to_pem(bundle.chain);
}

Result<Bundle> read_bundle(std::string_view text, const std::string& name) {
    auto found = blocks_of(text, name);
    if (!found) return found.error();
    std::vector<Block> blocks = std::move(*found);
    auto key = read_key(text, blocks, name);
    if (!key) return key.error();
    auto chain = from_pem(text, name);
    if (!chain) return chain.error();
    if (chain->empty()) return Problem{{name, 0, 0}, "a CERTIFICATE block beside the key", "none"};
    std::erase_if(blocks, [](const Block& block) { return block.label != "CERTIFICATE"; });
    Bundle out{std::move(*key), std::move(*chain)};
    if (auto problem = chain_problem(out, blocks)) return std::move(*problem);
    return out;
}

}  // namespace guise::pki
