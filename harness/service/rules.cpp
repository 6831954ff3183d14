#include "service/rules.hpp"

#include "base/fields.hpp"
#include "base/nearest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

namespace guise::service {

using yaml::Fields;
using yaml::Kind;
using yaml::Value;

namespace {

// --- HTTP

bool is_path(std::string_view glob) { return glob.starts_with('/') || glob.starts_with('*'); }

void read_match(const Value* match, HttpRule& out, Problems& problems) {
    if (!match) return;
    const std::size_t blank = match->text.find(' ');
    out.method = match->text.substr(0, blank);
    if (blank != std::string::npos) out.path = match->text.substr(blank + 1);
    const bool upper =
        std::all_of(out.method.begin(), out.method.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (match->kind != Kind::scalar || !(upper || out.method == "*") || !is_path(out.path))
        problems.add(match->where, "a request such as \"GET /api/*\"", match->describe());
}

void read_status(Fields& fields, HttpRule& out, Problems& problems) {
    out.status = fields.maybe_number("status").value_or(200);
    if (out.status < 200 || out.status > 599)
        problems.add(fields.maybe("status")->where, "a status from 200 to 599",
                     fmt::format("{}", out.status));
}

std::vector<SecretPlace> read_secrets(Fields& fields, Problems& problems) {
    constexpr std::string_view json = "json:";
    std::vector<SecretPlace> out;
    const Value* secret = fields.maybe("secret");
    if (!secret) return out;
    for (const Value* place : Fields::each(*secret)) {
        const std::string& text = place->text;
        if (text == "bearer")
            out.push_back({SecretPlace::Kind::bearer, ""});
        else if (text == "http-digest")
            out.push_back({SecretPlace::Kind::http_digest, ""});
        else if (text.starts_with(json) && text.size() > json.size())
            out.push_back({SecretPlace::Kind::json, text.substr(json.size())});
        else
            problems.add(place->where, "one of json:FIELD, bearer, http-digest", place->describe());
    }
    return out;
}

std::optional<DigestChallenge> read_challenge(Fields& fields, Problems& problems) {
    const Value* challenge = fields.maybe("challenge");
    if (!challenge) return std::nullopt;
    DigestChallenge out;
    Fields kind(*challenge, problems);
    if (const Value* digest = kind.required("digest")) {
        Fields below(*digest, problems);
        out.realm = below.text("realm");
        out.qop = below.text("qop");
        if (const Value* qop = below.maybe("qop"); qop && out.qop != "auth")
            problems.add(qop->where, "auth", qop->describe());
        below.done();
    }
    kind.done();
    return out;
}

void read_unless(Fields& fields, HttpRule& out, Problems& problems) {
    const Value* unless = fields.maybe("unless");
    if (!unless) return;
    out.unless_secret = true;
    if (unless->text != "secret") problems.add(unless->where, "secret", unless->describe());
    if (out.secrets.empty()) problems.add(unless->where, "a rule with the key 'secret'", "one without it");
}

HttpRule read_http_rule(const Value& value, const std::map<std::string, std::string>& values,
                        Problems& problems) {
    HttpRule out;
    Fields fields(value, problems);
    read_match(fields.required("match"), out, problems);
    if (const Value* json = fields.maybe("json")) {
        check_placeholders(*json, values, problems);
        out.json = *json;
    }
    read_status(fields, out, problems);
    out.secrets = read_secrets(fields, problems);
    out.challenge = read_challenge(fields, problems);
    read_unless(fields, out, problems);
    if (const Value* then = fields.maybe("then")) {
        out.close = then->text == "close";
        if (!out.close) problems.add(then->where, "close", then->describe());
    }
    if (out.challenge && out.secrets.empty())
        problems.add(fields.maybe("challenge")->where, "a rule with the key 'secret'", "one without it");
    fields.done();
    return out;
}

// --- lines

Pattern read_pattern(const Value* value, Problems& problems) {
    if (!value) return {};
    std::string error;
    auto compiled =
        value->kind == Kind::scalar ? Pattern::compile(value->text, error) : std::optional<Pattern>();
    if (!compiled) problems.add(value->where, "a regular expression", value->describe());
    return compiled.value_or(Pattern());
}

LineRule read_line_rule(const Value& value, Problems& problems) {
    LineRule out;
    Fields fields(value, problems);
    out.match = read_pattern(fields.required("match"), problems);
    if (const Value* send = fields.required("send")) check_placeholders(*send, {}, problems);
    out.send = fields.maybe_text("send").value_or("");
    out.only = fields.maybe_choice<Starttls>("only");
    out.then = fields.maybe_choice<LineThen>("then");
    out.secret = fields.choices<LineSecret>("secret");
    if (const Value* next = fields.maybe("next")) out.next = read_line_rules(*next, problems);
    if (const Value* until = fields.maybe("until")) {
        out.until = read_pattern(until, problems);
        out.reply = fields.text("reply");
        if (const Value* reply = fields.maybe("reply")) check_placeholders(*reply, {}, problems);
    }
    fields.done();
    return out;
}

}  // namespace

std::vector<HttpRule> read_http_rules(const Value& list, const std::map<std::string, std::string>& values,
                                      Problems& problems) {
    std::vector<HttpRule> out;
    for (const Value* rule : Fields::each(list)) out.push_back(read_http_rule(*rule, values, problems));
    return out;
}

std::vector<LineRule> read_line_rules(const Value& list, Problems& problems) {
    std::vector<LineRule> out;
    for (const Value* rule : Fields::each(list)) out.push_back(read_line_rule(*rule, problems));
    return out;
}

void check_placeholders(const Value& value, const std::map<std::string, std::string>& values,
                        Problems& problems) {
    std::ignore = yaml::mapped(value, [&](const Value& scalar) {
        std::ignore = fill(scalar.text, [&](std::string_view name) -> std::optional<std::string> {
            if (!is_fact(name) && !values.contains(std::string(name))) {
                std::vector<std::string> known = fact_names();
                for (const auto& [one, text] : values) known.push_back(one);
                problems.add(scalar.where, fmt::format("a placeholder: {}", fmt::join(known, ", ")),
                             fmt::format("'{{{}}}'{}", name, did_you_mean(name, known)));
            }
            return std::nullopt;
        });
        return scalar;
    });
}

}  // namespace guise::service
