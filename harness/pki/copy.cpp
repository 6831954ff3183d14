// A copy is a certificate of an empty recipe, into which the octets of the original are edited.
#include "pki/copy.hpp"

#include "pki/certificate.hpp"
#include "pki/edits.hpp"
#include "pki/elements.hpp"
#include "pki/inspect.hpp"

#include <algorithm>

namespace guise::pki {

namespace {

struct Original {
    Elements parts;
    CertificateFacts facts;

    [[nodiscard]] bool ends_path() const { return std::ranges::equal(parts.issuer, parts.subject); }
};

struct Copy {
    explicit Copy(Algorithm algorithm) : key(make_key(algorithm)), shown(key.get(), algorithm) {
        recipe.algorithm = algorithm;
    }
    Recipe recipe;
    Key key;
    PublicKey shown;
    std::vector<Edit> edits{};
};

// 512 bits have no room for most signatures, and no file has room for our keys of 8192 (see pki/keys.cpp).
Algorithm kind_of_key(const std::string& said) {
    const auto known = from_word<Algorithm>(said);
    if (known == Algorithm::rsa512) return Algorithm::rsa1024;
    if (known == Algorithm::rsa8192) return Algorithm::rsa4096;
    if (known) return *known;
    return said.starts_with("rsa") ? Algorithm::rsa2048 : Algorithm::p256;
}

// Of an issuer that was not shown: what makes such a signature.
Algorithm kind_of_issuer(const CertificateFacts& signed_by_it) {
    const auto signature = from_word<SignatureAlgorithm>(signed_by_it.signature);
    for (const Algorithm usual :
         {Algorithm::p384, Algorithm::p521, Algorithm::p256, Algorithm::rsa2048, Algorithm::ed25519})
        if (signature == default_signature(usual)) return usual;
    return signature && fits(*signature, Algorithm::rsa2048) ? Algorithm::rsa2048 : Algorithm::p256;
}

int version_of(const Elements& parts) {
    if (parts.version.empty()) return 1;
    const ByteView number = content_of_element(content_of_element(parts.version));
    return number.size() == 1 && number[0] < 128 ? number[0] + 1 : 3;
}

Edit put(Field field, ByteView octets) {
    return {When::unsigned_, field, Operation::replace, {octets.begin(), octets.end()}};
}

Copy copy_of(const Original& original) {
    Copy out(kind_of_key(original.facts.key));
    const Elements& parts = original.parts;
    out.recipe.version = version_of(parts);
    out.edits = {put(Field::serial, parts.serial), put(Field::issuer, parts.issuer),
                 put(Field::validity, parts.validity), put(Field::subject, parts.subject),
                 put(Field::extensions, parts.rest)};
    return out;
}

// Valid as long as what it has signed, and with no more in it than a CA needs: no key identifier, which could
// be another than the one that it is called by.
Copy made_up_root(const Original& below) {
    static const Bytes ca_and_its_usage =
        from_hex("a3233021300f0603551d130101ff040530030101ff300e0603551d0f0101ff040403020106").value();
    Copy out(kind_of_issuer(below.facts));
    out.edits = {put(Field::issuer, below.parts.issuer), put(Field::validity, below.parts.validity),
                 put(Field::subject, below.parts.issuer), put(Field::extensions, ca_and_its_usage)};
    return out;
}

// From the first upwards; each certificate comes once at the most.
std::vector<Original> path_of(std::vector<Original> shown) {
    std::vector<Original> out{std::move(shown.front())};
    shown.erase(shown.begin());
    while (!out.back().ends_path()) {
        const auto above = std::ranges::find_if(shown, [&](const Original& each) {
            return std::ranges::equal(each.parts.subject, out.back().parts.issuer);
        });
        if (above == shown.end()) break;
        out.push_back(std::move(*above));
        shown.erase(above);
    }
    return out;
}

Result<std::vector<Original>> read_originals(const std::vector<Bytes>& shown, const std::string& name) {
    if (shown.empty()) return Problem{{name, 0, 0}, "a certificate to copy", "none"};
    auto facts = inspect_chain(shown, name);
    if (!facts) return facts.error();
    std::vector<Original> out;
    for (std::size_t i = 0; i < shown.size(); ++i)
        out.push_back({read_elements(shown[i]).value(), std::move((*facts)[i])});
    return out;
}

// The same signature as the original's, where the new key of its issuer can make it.
void sign_as(const CertificateFacts& original, const Copy& issuer, Recipe& recipe) {
    const auto signature = from_word<SignatureAlgorithm>(original.signature);
    if (signature && fits(*signature, issuer.recipe.algorithm)) recipe.signature = {*signature, {}};
}

}  // namespace

Result<Bundle> copy_chain(const std::vector<Bytes>& shown, const std::string& name) {
    auto originals = read_originals(shown, name);
    if (!originals) return originals.error();
    const std::vector<Original> path = path_of(std::move(*originals));
    std::vector<Copy> copies;
    for (const Original& each : path) copies.push_back(copy_of(each));
    if (!path.back().ends_path()) copies.push_back(made_up_root(path.back()));
    Bundle out{copies.front().key, {}};
    for (std::size_t i = 0; i < copies.size(); ++i) {
        Copy& subject = copies[i];
        const Copy& issuer = copies[std::min(i + 1, copies.size() - 1)];
        if (i < path.size()) sign_as(path[i].facts, issuer, subject.recipe);
        auto der = make_certificate({subject.recipe,
                                     subject.shown,
                                     issuer.recipe,
                                     issuer.shown,
                                     issuer.key.get(),
                                     {},
                                     subject.edits});
        if (!der) return der.error();
        out.chain.push_back(std::move(*der));
    }
    return out;
}

}  // namespace guise::pki
