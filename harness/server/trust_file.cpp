#include "server/trust_file.hpp"

#include "base/bytes.hpp"
#include "base/own_file.hpp"
#include "base/read_file.hpp"
#include "base/write_text.hpp"
#include "pki/digest.hpp"
#include "pki/pem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace guise::server {

namespace {

bool holds(const std::filesystem::path& file, const std::string& text) {
    const auto content = read_file(file);
    return content && *content == text;
}

// Every root of guise says in its subject that it is one (see certs/).
bool is_root_of_guise(const Bytes& certificate) {
    constexpr std::string_view mark = "UNTRUSTED guise";
    return std::search(certificate.begin(), certificate.end(), mark.begin(), mark.end()) != certificate.end();
}

// A file that guise has not written; one that is empty is as good as none.
bool is_foreign(const std::filesystem::path& file) {
    std::error_code none;
    if (!std::filesystem::exists(file, none)) return false;
    const auto text = read_file(file);
    if (!text) return true;
    if (text->empty()) return false;
    const auto roots = pki::from_pem(*text, file.string());
    return !roots || std::none_of(roots->begin(), roots->end(), is_root_of_guise);
}

}  // namespace

Problems write_root_file(const std::filesystem::path& file, const std::string& pem) {
    if (Problems problems = make_folder(file.parent_path()); !problems.empty()) return problems;
    if (is_foreign(file)) return foreign_file(file, "choose another --dir");
    return write_text(file, pem);
}

Result<std::string> trust_file(const std::filesystem::path& folder, const std::string& pem) {
    const std::string name = to_hex(pki::sha256(as_bytes(pem))).substr(0, 16);
    const std::filesystem::path path = folder / fmt::format("trust-{}.pem", name);
    if (holds(path, pem)) return path.string();
    if (Problems problems = write_text(path, pem); !problems.empty()) return problems;
    return path.string();
}

}  // namespace guise::server
