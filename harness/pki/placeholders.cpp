#include "pki/placeholders.hpp"

#include <fmt/format.h>

#include <functional>

namespace guise::pki {

namespace {

bool is_name(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (text.empty()) return false;
    for (const char c : text)
        if (!letter(c)) return false;
    return true;
}

// The text with each placeholder replaced by what `replace` makes of its name.
std::string replaced(const std::string& text, const std::function<std::string(const std::string&)>& replace) {
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = text[at] == '{' ? text.find('}', at) : std::string::npos;
        const std::string name = end == std::string::npos ? "" : text.substr(at + 1, end - at - 1);
        if (is_name(name)) {
            out += replace(name);
            at = end + 1;
        } else {
            out += text[at++];
        }
    }
    return out;
}

std::string parent_of(const std::string& host) {
    const std::size_t dot = host.find('.');
    return dot == std::string::npos ? "" : host.substr(dot + 1);
}

std::string in_capitals(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

void visit(const yaml::Value& tree,
           const std::function<void(const yaml::Value&, const std::string&)>& found) {
    if (tree.kind == yaml::Kind::scalar)
        replaced(tree.text, [&](const std::string& name) {
            found(tree, name);
            return std::string();
        });
    for (const yaml::Value& item : tree.items) visit(item, found);
    for (const auto& [key, below] : tree.entries) visit(below, found);
}

}  // namespace

Fillings host_fillings(const std::string& host) {
    const std::string parent = parent_of(host);
    return {{"host", host},
            {"host-upper", in_capitals(host)},
            {"parent", parent},
            {"grandparent", parent_of(parent)}};
}

std::string filled(const std::string& text, const Fillings& fillings) {
    return replaced(text, [&](const std::string& name) {
        const auto at = fillings.find(name);
        return at == fillings.end() ? "{" + name + "}" : at->second;
    });
}

yaml::Value filled(yaml::Value tree, const Fillings& fillings) {
    return yaml::mapped(std::move(tree), [&](const yaml::Value& scalar) {
        yaml::Value out = scalar;
        out.text = filled(scalar.text, fillings);
        return out;
    });
}

Names placeholders(const yaml::Value& tree) {
    Names names;
    visit(tree, [&](const yaml::Value&, const std::string& name) { names.insert(name); });
    return names;
}

void check_placeholders(const yaml::Value& tree, const Names& known, Problems& problems) {
    visit(tree, [&](const yaml::Value& scalar, const std::string& name) {
        if (known.contains(name)) return;
        std::string all;
        for (const std::string& each : known) all += fmt::format("{}{{{}}}", all.empty() ? "" : ", ", each);
        problems.add(scalar.where, fmt::format("one of the placeholders {}", all),
                     fmt::format("'{{{}}}'", name));
    });
}

}  // namespace guise::pki
