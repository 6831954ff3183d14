#include "clients/rpc/capabilities.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::clients {
namespace {

struct Flag {
    const char* name;
    bool Capabilities::*has;
    bool Needs::*needed;  // null: no scenario depends on it
};

constexpr Flag flags[] = {
    {"restart", &Capabilities::restart, &Needs::restart},
    {"mode_set", &Capabilities::mode_set, &Needs::mode_set},
    {"forget", &Capabilities::forget, &Needs::forget},
    {"clock", &Capabilities::clock, &Needs::clock},
    {"instances", &Capabilities::instances, &Needs::instances},
    {"resumption", &Capabilities::resumption, &Needs::resumption},
    {"connections", &Capabilities::connections, &Needs::connections},
    {"once", &Capabilities::once, &Needs::once},
    {"identity", &Capabilities::identity, nullptr},
    {"events", &Capabilities::events, nullptr},
    {"pins", &Capabilities::pins, nullptr},
};

bool has_word(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string read_words(const json& value, const char* name, std::vector<std::string>& out) {
    const json& words = member(value, name);
    if (words.is_null()) return {};
    for (const json& each : words) {
        if (!words.is_array() || !each.is_string())
            return fmt::format("has '{}' that are no list of names", name);
        out.push_back(each.get<std::string>());
    }
    return words.is_array() ? "" : fmt::format("has '{}' that are no list of names", name);
}

std::string read_flag(const json& value, const Flag& flag, Capabilities& out) {
    const json& given = member(value, flag.name);
    if (!given.is_null() && !given.is_boolean())
        return fmt::format("has '{}' that is neither true nor false", flag.name);
    out.*flag.has = given.is_boolean() && given.get<bool>();
    return {};
}

}  // namespace

std::string read_capabilities(const json& value, Capabilities& out) {
    if (!value.is_object()) return "has no 'capabilities'";
    if (std::string wrong = read_words(value, "modes", out.modes); !wrong.empty()) return wrong;
    if (std::string wrong = read_words(value, "prompts", out.prompts); !wrong.empty()) return wrong;
    for (const std::string& kind : out.prompts)
        if (kind != "ask" && kind != "warn" && kind != "error")
            return fmt::format("has a prompt {} that is none of ask, warn, error", in_quotes(kind));
    for (const Flag& flag : flags)
        if (std::string wrong = read_flag(value, flag, out); !wrong.empty()) return wrong;
    return {};
}

std::string lacking(const Capabilities& has, const Needs& needs) {
    if (!needs.mode.empty() && !has_word(has.modes, needs.mode)) return "modes";
    for (const Flag& flag : flags)
        if (flag.needed && needs.*flag.needed && !(has.*flag.has)) return flag.name;
    return {};
}

bool declares(const Capabilities& has, const std::string& name) {
    if (name == "modes") return !has.modes.empty();
    if (name == "prompts") return !has.prompts.empty();
    return std::any_of(std::begin(flags), std::end(flags),
                       [&](const Flag& flag) { return name == flag.name && has.*flag.has; });
}

}  // namespace guise::clients
