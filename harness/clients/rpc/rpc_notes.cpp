#include "clients/rpc/rpc_notes.hpp"

#include "base/bytes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace guise::clients {
namespace {

constexpr std::array kinds{"ask", "warn", "error"};
constexpr std::array choices{"connect", "once", "decline"};
constexpr std::array outcomes{"connected", "refused", "cancelled", "failed"};
constexpr std::array reasons{"untrusted-root", "expired",     "not-yet-valid", "name-mismatch",
                             "pin-mismatch",   "declined",    "bad-signature", "bad-chain",
                             "key-usage",      "weak-crypto", "revoked",       "policy",
                             "protocol",       "other"};
constexpr std::array shown_fields{"signer", "subject", "sha1", "sha256", "expires"};

template <class Words>
bool is_one_of(const Words& words, const std::string& text) {
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return text == word; });
}

// A list of texts, empty where it is absent; false where it is anything else.
bool read_list(const json& value, std::vector<std::string>& out) {
    if (value.is_null()) return true;
    if (!value.is_array()) return false;
    for (const json& each : value) {
        if (!each.is_string()) return false;
        out.push_back(each.get<std::string>());
    }
    return true;
}

bool is_count(const json& value) { return value.is_number_integer() && value >= 0; }

// A port, or nothing.
std::string port_of(const json& server) {
    const json& port = member(server, "port");
    return is_count(port) && port <= 65535 ? std::to_string(port.get<int>()) : std::string();
}

std::string read_certificate(const json& certificate, evidence::PromptRecord& out) {
    if (!certificate.is_null() && !certificate.is_object()) return "has a 'certificate' that is no object";
    for (const char* field : shown_fields) {
        const json& value = member(certificate, field);
        if (value.is_null()) continue;
        if (!value.is_string()) return fmt::format("has a '{}' of the certificate that is no text", field);
        out.shown[field] = value.get<std::string>();
    }
    const json& faults = member(certificate, "faults");
    out.shows_faults = !faults.is_null();
    return read_list(faults, out.faults) ? "" : "has 'faults' that are no list of names";
}

}  // namespace

std::string read_prompt(const json& params, evidence::PromptRecord& out) {
    out.kind = text_member(params, "kind");
    if (!is_one_of(kinds, out.kind)) return "has a kind that is none of ask, warn, error";
    const json& server = member(params, "server");
    if (const std::string host = text_member(server, "host"); !host.empty()) out.shown["server"] = host;
    if (const std::string port = port_of(server); !port.empty()) out.shown["port"] = port;
    if (std::string wrong = read_certificate(member(params, "certificate"), out); !wrong.empty())
        return wrong;
    if (!read_list(member(params, "choices"), out.choices)) return "has 'choices' that are no list of names";
    for (const std::string& choice : out.choices)
        if (!is_one_of(choices, choice)) return "has a choice that is none of connect, once, decline";
    const std::string needs = text_member(params, "needs");
    if (!member(params, "needs").is_null() && needs != "explicit-trust")
        return "has 'needs' that is not 'explicit-trust'";
    out.explicit_trust = !needs.empty();
    out.text = text_member(params, "text");
    return {};
}

std::string read_event(const json& params, evidence::EventRecord& out) {
    out.source = "adapter";
    out.name = text_member(params, "name");
    if (out.name.empty()) return "has no name";
    const json& server = member(params, "server");
    const std::string port = port_of(server);
    out.server = text_member(server, "host");
    if (!port.empty()) out.server += ":" + port;
    return read_list(member(params, "faults"), out.faults) ? "" : "has 'faults' that are no list of names";
}

std::string read_claim(const json& result, evidence::Claim& out) {
    out.outcome = text_member(result, "outcome");
    out.reason = text_member(result, "reason");
    out.detail = text_member(result, "detail");
    if (!is_one_of(outcomes, out.outcome))
        return "has an outcome that is none of connected, refused, cancelled, failed";
    const json& reason = member(result, "reason");
    if (!reason.is_null() && !is_one_of(reasons, out.reason))
        return "has a reason that the protocol does not have";
    const json& connections = member(result, "connections");
    if (!connections.is_null() && !is_count(connections)) return "has 'connections' that is no count";
    return {};
}

std::string read_pins(const json& result, std::vector<std::string>& out) {
    const json& pins = member(result, "pins");
    if (!pins.is_array()) return "has no list 'pins'";
    for (const json& pin : pins) {
        const std::string key = text_member(pin, "key");
        const auto digest = from_hex(key);
        if (!digest || digest->size() != 32 || to_hex(*digest) != key)
            return "has a pin whose key is not the lower-case hex of a SHA-256";
        out.push_back(key);
    }
    return {};
}

std::string answer_to(const evidence::PromptRecord& prompt, const std::string& wanted) {
    if (wanted == "ignore" || wanted == "decline") return wanted;
    const bool offered =
        std::find(prompt.choices.begin(), prompt.choices.end(), wanted) != prompt.choices.end();
    return offered ? wanted : "decline";
}

}  // namespace guise::clients
