#include "service/facts.hpp"

#include <algorithm>

namespace guise::service {

namespace {

constexpr std::string_view canary_prefix = "canary:";
constexpr std::string_view plain_facts[] = {"host", "port", "certificate", "also", "uuid:server", "uuid:run"};

std::string drawn(const Facts& facts, const std::string& name) {
    return facts.random_hex ? facts.random_hex(name) : std::string();
}

bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_' || c == ':';
    });
}

}  // namespace

bool is_fact(std::string_view name) {
    return std::find(std::begin(plain_facts), std::end(plain_facts), name) != std::end(plain_facts) ||
           (name.starts_with(canary_prefix) && name.size() > canary_prefix.size());
}

std::vector<std::string> fact_names() {
    std::vector<std::string> out(std::begin(plain_facts), std::end(plain_facts));
    out.push_back(std::string(canary_prefix) + "NAME");
    return out;
}

std::optional<std::string> value_of(std::string_view name, const Facts& facts) {
    if (name == "host") return facts.host;
    if (name == "port") return std::to_string(facts.port);
    if (name == "certificate") return facts.certificate;
    if (name == "also") return facts.also;
    if (name == "uuid:run") return uuid_from(drawn(facts, "uuid:run"));
    if (name == "uuid:server")
        return uuid_from(drawn(facts, "uuid:server " + facts.scope + ' ' + facts.server));
    if (!is_fact(name)) return std::nullopt;
    return "canary-" + drawn(facts, std::string(name) + ' ' + facts.scope).substr(0, 32);
}

std::string uuid_from(std::string_view digits) {
    std::string all(digits.substr(0, 32));
    all.resize(32, '0');
    all[12] = '5';
    const auto high = std::string_view("0123456789abcdef").find(all[16]);
    all[16] = "89ab"[high == std::string_view::npos ? 0 : high % 4];
    for (const std::size_t dash : {20U, 16U, 12U, 8U}) all.insert(dash, 1, '-');
    return all;
}

std::string fill(std::string_view text,
                 const std::function<std::optional<std::string>(std::string_view name)>& value) {
    std::string out;
    while (!text.empty()) {
        const std::size_t brace = text.find('{');
        out += text.substr(0, brace);
        if (brace == std::string_view::npos) break;
        text.remove_prefix(brace);
        const std::size_t end = text.find('}');
        const std::string_view name = end == std::string_view::npos ? "" : text.substr(1, end - 1);
        const auto found = is_name(name) ? value(name) : std::nullopt;
        const std::size_t used = found ? end + 1 : 1;
        out += found ? *found : std::string(text.substr(0, 1));
        text.remove_prefix(used);
    }
    return out;
}

std::string fill(std::string_view text, const std::map<std::string, std::string>& values,
                 const Facts& facts) {
    const auto fact = [&](std::string_view name) { return value_of(name, facts); };
    return fill(text, [&](std::string_view name) -> std::optional<std::string> {
        const auto own = values.find(std::string(name));
        return own == values.end() ? fact(name) : fill(own->second, fact);
    });
}

}  // namespace guise::service
