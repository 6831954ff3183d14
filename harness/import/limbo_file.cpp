#include "import/limbo_file.hpp"

#include "base/bounded_json.hpp"
#include "base/read_file.hpp"
#include "base/time.hpp"
#include "pki/bundle.hpp"
#include "pki/digest.hpp"
#include "pki/inspect.hpp"
#include "pki/pem.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace guise::imports {

using nlohmann::json;

namespace {

// A field of which the corpus says that it may be null.
bool has(const json& test, const char* field) {
    const auto found = test.find(field);
    return found != test.end() && !found->is_null() && !found->empty();
}

std::string joined(const json& list) {
    std::string out;
    for (const json& text : list) out += text.get_ref<const std::string&>();
    return out;
}

std::string why_not(const json& test) {
    if (test.at("validation_kind") != "SERVER") return "it validates a client";
    if (!has(test, "peer_certificate_key")) return "it has no key: nobody can show its leaf";
    if (has(test, "crls")) return "it needs CRLs";
    if (has(test, "max_chain_depth")) return "it needs a limit of the chain's depth";
    if (!has(test, "expected_peer_name")) return {};
    const std::string kind = test.at("expected_peer_name").at("kind");
    if (kind != "DNS" && kind != "IP") return fmt::format("it expects a name of kind {}", kind);
    return {};
}

// The corpus writes `2024-01-01T00:00:00+00:00`, or Z, or fractions of a second, which certificates do not
// have.
std::optional<std::chrono::sys_seconds> time_of_case(const json& test) {
    if (!has(test, "validation_time")) return std::nullopt;
    std::string text = test.at("validation_time");
    if (const auto zone = text.find("+00:00"); zone != std::string::npos) text.replace(zone, 6, "Z");
    if (const auto dot = text.find('.'); dot != std::string::npos)
        text.erase(dot, text.find_first_not_of("0123456789", dot + 1) - dot);
    const auto time = time_of(text);
    if (!time) throw std::invalid_argument("validation_time: a time in UTC, found '" + text + "'");
    return time;
}

std::vector<Bytes> chain_of(const json& test, const std::string& id) {
    auto chain = pki::from_pem(
        test.at("peer_certificate").get<std::string>() + joined(test.at("untrusted_intermediates")), id);
    if (!chain) throw std::invalid_argument(chain.error().text());
    if (chain->empty()) throw std::invalid_argument("peer_certificate: a certificate, found none");
    return std::move(*chain);
}

std::string first_name(const Bytes& leaf) {
    constexpr std::string_view dns = "dns:";
    if (const auto facts = pki::inspect(leaf))
        for (const std::string& name : facts->names)
            if (name.starts_with(dns) && name.find('*') == std::string::npos) return name.substr(dns.size());
    return "example.com";
}

void add(const json& test, LimboFile& out) {
    LimboCase each;
    each.id = test.at("id");
    if (std::string reason = why_not(test); !reason.empty()) {
        out.skipped.push_back({each.id, std::move(reason)});
        return;
    }
    auto shown = std::make_shared<tls::Presentation>();
    shown->certificates = chain_of(test, each.id);
    shown->key = pki::key_from_pem(test.at("peer_certificate_key").get<std::string>());
    shown->label = each.id;
    if (!shown->key) {
        out.skipped.push_back({each.id, "its key is of a kind that BoringSSL does not have"});
        return;
    }
    each.importance = test.value("importance", "undetermined");
    each.succeeds = test.at("expected_result") == "SUCCESS";
    each.nameless = !has(test, "expected_peer_name");
    each.ip = !each.nameless && test.at("expected_peer_name").at("kind") == "IP";
    std::string host = each.nameless ? first_name(shown->certificates.front())
                                     : test.at("expected_peer_name").at("value").get<std::string>();
    each.given = {std::move(host), std::move(shown), joined(test.at("trusted_certs")), time_of_case(test)};
    out.cases.push_back(std::move(each));
}

}  // namespace

Result<LimboFile> read_limbo(const std::filesystem::path& file) {
    const auto text = read_file(file, {corpus_limits.bytes, {}, "a readable limbo.json"});
    if (!text) return text.error();
    const auto parsed = parse_json<json>(*text, corpus_limits);
    if (!parsed) return json_problem(parsed.error(), *text, file.string());
    const json& corpus = *parsed;
    if (!corpus.is_object() || !corpus.contains("testcases") || !corpus["testcases"].is_array())
        return Problem{
            {file.string(), 0, 0}, "an object with `testcases`, as x509-limbo has", "something else"};
    if (corpus.value("version", json()) != 1)
        return Problem{{file.string(), 0, 0}, "version 1", corpus.value("version", json()).dump()};
    LimboFile out;
    out.digest = to_hex(pki::sha256(as_bytes(*text)));
    std::size_t number = 0;
    for (const json& test : corpus["testcases"]) {
        ++number;
        try {
            add(test, out);
        } catch (const std::exception& error) {
            return Problem{{file.string(), 0, 0},
                           fmt::format("a case of x509-limbo as number {}", number),
                           error.what()};
        }
    }
    return out;
}

}  // namespace guise::imports
