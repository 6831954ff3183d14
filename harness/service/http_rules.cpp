// A request carries the secret where the rule says that it may, and everywhere else too: a rule only decides
// which answer it gets. Three things are no less than the secret and do not look like it on the wire: a
// digest made with it, the token that was given in exchange for it, and the secret inside a body that was
// sent in chunks.
#include "service/http_rules.hpp"

#include "base/bounded_json.hpp"
#include "base/glob.hpp"
#include "secrets/find.hpp"
#include "service/path_glob.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace guise::service {

using nlohmann::ordered_json;
using yaml::Kind;
using yaml::Value;

namespace {

// A scalar as JSON: what a reader of the file takes for a number or a truth value is one.
ordered_json scalar_json(const std::string& source, std::string text) {
    if (source == "true" || source == "false") return source == "true";
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    const bool whole = error == std::errc() && stop == end && std::to_string(number) == text;
    if (whole && (source == text || source == "{port}")) return number;
    return text;
}

ordered_json to_json(const Value& value, const std::map<std::string, std::string>& values,
                     const Facts& facts) {
    if (value.kind == Kind::scalar) return scalar_json(value.text, fill(value.text, values, facts));
    ordered_json out = value.kind == Kind::map ? ordered_json::object() : ordered_json::array();
    for (const Value& item : value.items) out.push_back(to_json(item, values, facts));
    for (const auto& [key, below] : value.entries) out[key.text] = to_json(below, values, facts);
    if (facts.version && out.contains("version")) out["version"] = *facts.version;
    return out;
}

// The credentials of `Authorization: Bearer`; empty for any other scheme.
std::string_view bearer_in(std::string_view authorization) {
    constexpr std::string_view scheme = "bearer ";
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
    if (authorization.size() < scheme.size() ||
        !std::equal(scheme.begin(), scheme.end(), authorization.begin(),
                    [&](char wanted, char found) { return same(found, wanted); }))
        return {};
    return authorization.substr(scheme.size());
}

// Whether a part of the request shows the secret.
bool shows(const Request& request, std::string_view secret) {
    return secrets::holds_login_secret(request.target, secret) ||
           secrets::holds_login_secret(request.body, secret) ||
           std::any_of(request.headers.begin(), request.headers.end(), [&](const auto& header) {
               return secrets::holds_login_secret(header.second, secret);
           });
}

bool matches_rule(const HttpRule& rule, const Request& request) {
    return (rule.method == "*" || rule.method == request.method) && path_matches(rule.path, request.path());
}

}  // namespace

// What a request says of the secret.
struct HttpRules::Login {
    bool shown = false;    // as it is, or in base64
    bool chunked = false;  // shown in a body whose framing may have cut it
    bool digest = false;
    bool bearer = false;
    bool token = false;  // the bearer is the token that this service gives
    ordered_json body;   // an object, where the body is one
    [[nodiscard]] bool any() const { return shown || digest || bearer; }
};

HttpRules::HttpRules(std::shared_ptr<const Service> service, Facts facts)
    : service_(std::move(service)), facts_(std::move(facts)) {}

Answer HttpRules::answer(const Request& request) {
    const Login login = login_of(request);
    for (std::size_t i = 0; i < service_->http.size(); ++i) {
        const HttpRule& rule = service_->http[i];
        if (!matches_rule(rule, request)) continue;
        const bool secret = carries(rule, login);
        if (secret && rule.unless_secret) continue;
        note(request, login, i);
        return by(rule, secret);
    }
    note(request, login, std::nullopt);
    Answer answer;
    answer.status = 404;
    return answer;
}

HttpRules::Login HttpRules::login_of(const Request& request) const {
    Login login;
    if (facts_.canary.empty()) return login;
    const std::string_view authorization = request.header("authorization");
    const std::string_view bearer = bearer_in(authorization);
    login.shown = shows(request, facts_.canary);
    login.chunked = !request.header("transfer-encoding").empty() &&
                    secrets::holds_login_secret(request.body, facts_.canary);
    login.digest = proves(authorization, request.method, facts_.canary);
    login.token = !bearer.empty() && facts_.random_hex && bearer == value_of("canary:token", facts_);
    login.bearer = login.token || (!bearer.empty() && bearer == facts_.canary);
    if (auto body = parse_json<ordered_json>(request.body)) login.body = std::move(*body);
    return login;
}

bool HttpRules::carries(const HttpRule& rule, const Login& login) const {
    return std::any_of(rule.secrets.begin(), rule.secrets.end(), [&](const SecretPlace& place) {
        if (place.kind == SecretPlace::Kind::bearer) return login.bearer;
        if (place.kind == SecretPlace::Kind::http_digest) return login.digest;
        return !facts_.canary.empty() && login.body.is_object() && login.body.contains(place.field) &&
               login.body[place.field] == facts_.canary;
    });
}

Answer HttpRules::by(const HttpRule& rule, bool secret) const {
    Answer answer;
    answer.close = rule.close;
    if (rule.challenge && !secret) {
        const std::string nonce = facts_.random_hex
                                      ? facts_.random_hex("digest nonce " + facts_.scope).substr(0, 32)
                                      : std::string("guise");
        answer.status = 401;
        for (std::string& value : challenges(*rule.challenge, nonce))
            answer.headers.emplace_back("WWW-Authenticate", std::move(value));
        return answer;
    }
    answer.status = rule.status;
    if (rule.json) {
        answer.type = "application/json";
        answer.body = json_text(*rule.json, service_->values, facts_);
    } else if (!rule.text.empty()) {
        answer.type = "text/plain";
        answer.body = rule.text;
    }
    return answer;
}

void HttpRules::note(const Request& request, const Login& login, std::optional<std::size_t> rule) {
    ReceivedRequest got{request.method, request.target, rule, login.any(), false};
    const std::string line = request.method + ' ' + std::string(request.path());
    got.is_public = !got.secret && request.body.empty() && matches_any(facts_.public_requests, line);
    received_.add(std::move(got));
    if (login.digest || login.token || login.chunked) received_.secret_proven = true;
}

std::string json_text(const Value& value, const std::map<std::string, std::string>& values,
                      const Facts& facts) {
    return to_json(value, values, facts).dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace guise::service
