// What the tests of this folder share: the library of the repository, folders of made-up files, and
// BoringSSL's own X.509 code as a second opinion.
#pragma once

#include "pki/library.hpp"
#include "pki/mint.hpp"

#include <catch2/catch.hpp>
#include <openssl/err.h>
#include <openssl/mem.h>
#include <openssl/x509.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <stdlib.h>
#include <string>

namespace guise::pki::test {

/// A folder with files in it, gone with the object.
class Folder final {
 public:
    explicit Folder(const std::map<std::string, std::string>& files = {}) {
        std::string name = (std::filesystem::temp_directory_path() / "guise-pki-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
        for (const auto& [file, text] : files) write(file, text);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const std::string& file, const std::string& text) const {
        std::filesystem::create_directories((path / file).parent_path());
        std::ofstream(path / file, std::ios::binary) << text;
    }

    std::filesystem::path path;
};

inline const Library& repository() {
    static const Library library = load_library(std::filesystem::path(GUISE_SOURCE_DIR) / "certs").value();
    return library;
}

/// 2026-01-01 00:00:00 UTC
constexpr std::chrono::sys_seconds new_year{std::chrono::seconds(1767225600)};
inline Setting setting(std::chrono::sys_seconds now = new_year) {
    return {"srv.guise.test", "127.0.0.1", now, {}};
}

inline yaml::Value tree(const std::string& text) { return yaml::parse(text, "test.yaml").value(); }

/// The chain of a leaf recipe and a change of its settings, to the root that the visits trust.
inline Chain minted(const std::string& leaf = "leaf", const std::string& patch = "{}") {
    KeyPool keys;
    Mint mint(repository(), keys, "1");
    Present present;
    present.leaf = leaf;
    present.with = tree(patch);
    return mint.mint(present, "case", setting(), {"root"}).value();
}

/// Its certificates, leaf to root.
inline std::vector<Bytes> whole(const Chain& chain) {
    std::vector<Bytes> out;
    for (const Minted& each : chain.path) out.push_back(each.der);
    return out;
}

inline bssl::UniquePtr<X509> parse_x509(const Bytes& der) {
    const std::uint8_t* data = der.data();
    bssl::UniquePtr<X509> out(d2i_X509(nullptr, &data, static_cast<long>(der.size())));
    ERR_clear_error();
    return data == der.data() + der.size() ? std::move(out) : nullptr;
}

/// Whether `key` signed `subject` by MD5 with RSA, which X509_verify of newer versions does not know.
inline bool signed_with_md5(X509* subject, EVP_PKEY* key) {
    const ASN1_BIT_STRING* signature = nullptr;
    X509_get0_signature(&signature, nullptr, subject);
    std::uint8_t* tbs = nullptr;
    const int size = i2d_X509_tbs(subject, &tbs);
    const bssl::UniquePtr<std::uint8_t> owner(tbs);
    bssl::ScopedEVP_MD_CTX context;
    return X509_get_signature_nid(subject) == NID_md5WithRSAEncryption && size > 0 &&
           EVP_DigestVerifyInit(context.get(), nullptr, EVP_md5(), nullptr, key) &&
           EVP_DigestVerify(context.get(), ASN1_STRING_get0_data(signature),
                            static_cast<std::size_t>(ASN1_STRING_length(signature)), tbs,
                            static_cast<std::size_t>(size));
}

/// Whether BoringSSL finds that `issuer`'s key signed `subject`.
inline bool signed_by(const Bytes& subject, const Bytes& issuer) {
    const auto one = parse_x509(subject), other = parse_x509(issuer);
    if (!one || !other) return false;
    const bssl::UniquePtr<EVP_PKEY> key(X509_get_pubkey(other.get()));
    const bool good =
        key && (X509_verify(one.get(), key.get()) == 1 || signed_with_md5(one.get(), key.get()));
    ERR_clear_error();
    return good;
}

/// The first leaf of the repository that the defect fits: `leaf`, but where the issuer must have another key.
inline std::string leaf_for(const std::string& defect, std::optional<Position> at = {}) {
    for (const char* leaf : {"leaf", "rsa-leaf"})
        if (Mint::describe(repository(), {.leaf = leaf, .defects = {{.name = defect, .at = at}}}, {"root"}))
            return leaf;
    return "leaf";
}

/// The problems of a result, one a line; empty for a value.
template <class T>
std::string problems(const Result<T>& result) {
    return result ? "" : result.error().text();
}

}  // namespace guise::pki::test
