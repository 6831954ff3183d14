#include "base/fields.hpp"

#include "base/nearest.hpp"

#include <fmt/format.h>

#include <charconv>

namespace guise::yaml {

Fields::Fields(const Value& value, Problems& problems) : value_(value), problems_(problems) {
    if (value.kind != Kind::map) problems.add(value.where, "a map", value.describe());
}

const Value* Fields::maybe(std::string_view key) {
    asked_.emplace(key);
    return value_.find(key);
}

const Value* Fields::required(std::string_view key) {
    const Value* value = maybe(key);
    if (!value && value_.kind == Kind::map)
        problems_.add(value_.where, fmt::format("the key '{}'", key), "a map without it");
    return value;
}

std::string Fields::text(std::string_view key) {
    const Value* value = required(key);
    return value ? scalar_text(*value, problems_) : std::string();
}

std::optional<std::string> Fields::maybe_text(std::string_view key) {
    const Value* value = maybe(key);
    if (!value) return std::nullopt;
    return scalar_text(*value, problems_);
}

std::vector<std::string> Fields::texts(std::string_view key) {
    std::vector<std::string> out;
    if (const Value* value = maybe(key))
        for (const Value* item : each(*value)) out.push_back(scalar_text(*item, problems_));
    return out;
}

std::vector<std::string> Fields::required_texts(std::string_view key) {
    return required(key) ? texts(key) : std::vector<std::string>();
}

std::map<std::string, std::string> Fields::text_map(std::string_view key) {
    std::map<std::string, std::string> out;
    const Value* value = maybe(key);
    if (!value) return out;
    if (value->kind != Kind::map) problems_.add(value->where, "a map", value->describe());
    for (const auto& [name, below] : value->entries) out[name.text] = scalar_text(below, problems_);
    return out;
}

bool Fields::flag(std::string_view key, bool absent) {
    const Value* value = maybe(key);
    if (!value) return absent;
    if (value->kind == Kind::scalar && value->text == "true") return true;
    if (value->kind != Kind::scalar || value->text != "false")
        problems_.add(value->where, "true or false", value->describe());
    return false;
}

std::optional<int> Fields::maybe_number(std::string_view key) {
    const Value* value = maybe(key);
    if (!value) return std::nullopt;
    int number = 0;
    const char* end = value->text.data() + value->text.size();
    const auto [stop, error] = std::from_chars(value->text.data(), end, number);
    if (value->kind == Kind::scalar && error == std::errc() && stop == end) return number;
    problems_.add(value->where, "a whole number", value->describe());
    return std::nullopt;
}

void Fields::not_supported_yet(std::string_view key) {
    if (const Value* value = maybe(key))
        problems_.add(value->where, "a key that this version can carry out",
                      fmt::format("'{}' (not supported yet)", key));
}

void Fields::done() {
    for (const auto& [key, value] : value_.entries) {
        if (asked_.contains(key.text)) continue;
        std::string known;
        for (const std::string& name : asked_) known += (known.empty() ? "" : ", ") + name;
        problems_.add(key.where, fmt::format("one of the keys {}", known),
                      fmt::format("unknown key '{}'{}", key.text, did_you_mean(key.text, asked_)));
    }
}

std::vector<const Value*> Fields::each(const Value& value) {
    if (value.kind != Kind::sequence) return {&value};
    std::vector<const Value*> out;
    for (const Value& item : value.items) out.push_back(&item);
    return out;
}

std::string scalar_text(const Value& value, Problems& problems) {
    if (value.kind != Kind::scalar) problems.add(value.where, "a scalar", value.describe());
    return value.text;
}

std::optional<std::chrono::seconds> parse_span(std::string_view text) {
    if (text.empty()) return std::nullopt;
    const bool negative = text.front() == '-';
    if (negative || text.front() == '+') text.remove_prefix(1);
    std::int64_t count = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || text.data() + text.size() - stop != 1 || count < 0 || count > 4'000'000'000)
        return std::nullopt;
    std::int64_t unit = 0;
    switch (*stop) {
        case 'd':
            unit = 86400;
            break;
        case 'h':
            unit = 3600;
            break;
        case 'm':
            unit = 60;
            break;
        case 's':
            unit = 1;
            break;
        default:
            return std::nullopt;
    }
    return std::chrono::seconds((negative ? -1 : 1) * count * unit);
}

std::chrono::seconds scalar_span(const Value& value, Problems& problems) {
    if (value.kind == Kind::scalar)
        if (const auto span = parse_span(value.text)) return *span;
    problems.add(value.where, "a time such as -1d, +30d, 12h or 5s", value.describe());
    return std::chrono::seconds(0);
}

}  // namespace guise::yaml
