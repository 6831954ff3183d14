#include "pki/ready.hpp"

#include "pki/digest.hpp"
#include "pki/placeholders.hpp"

#include <fmt/format.h>

namespace guise::pki {

namespace {

// A name with {host} or {host-upper} in it becomes one for each host. What is derived from a part of the
// name, a parent or a wildcard, is that of the first alone: the parent of `localhost` is no name.
yaml::Value for_all_hosts(yaml::Value tree, const std::vector<std::string>& others) {
    for (auto& [key, value] : tree.entries) {
        if (key.text != "names") continue;
        std::vector<yaml::Value> names;
        for (const yaml::Value& name : value.items) {
            names.push_back(name);
            const Names used = placeholders(name);
            if (!used.contains("host") && !used.contains("host-upper")) continue;
            for (const std::string& host : others) names.push_back(filled(name, host_fillings(host)));
        }
        value.items = std::move(names);
    }
    return tree;
}

// The discard port (RFC 863), where no one listens.
constexpr std::string_view nobody = "127.0.0.1:9";

}  // namespace

std::string listed(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) {
        out += std::to_string(text.size());
        out += ':';
        out += text;
        out += ';';
    }
    return out;
}

Result<Ready> ready(const PlannedCertificate& planned, const Setting& setting, const std::string& run) {
    Fillings fillings = host_fillings(setting.host);
    fillings.insert({{"address", setting.address}, {"run", run}});
    Ready out;
    out.name = planned.recipe;
    out.tree = filled(for_all_hosts(planned.tree, setting.other_hosts), fillings);
    auto recipe = parse_recipe(out.tree);
    if (!recipe) return recipe.error();
    out.recipe = std::move(*recipe);
    Problems problems;
    for (const yaml::Value& list : planned.edits)
        for (Edit& edit : parse_edits(filled(list, fillings), problems)) out.edits.push_back(std::move(edit));
    if (!problems.empty()) return problems;
    return out;
}

std::string content_of(const Ready& one) {
    std::vector<std::string> texts{one.name, yaml::canonical(one.tree)};
    for (const Edit& edit : one.edits)
        texts.push_back(fmt::format("{} {} {} {}", word(edit.when), word(edit.field), word(edit.operation),
                                    to_hex(edit.octets)));
    for (const auto& [channel, url] : one.addresses)
        texts.push_back(fmt::format("{} {}", word(channel), url));
    return to_hex(sha256(as_bytes(listed(texts))));
}

std::string issuer_content_of(const Ready& one) {
    return listed(
        {one.name, to_hex(encode_subject(one.recipe.subject)), std::string(word(one.recipe.algorithm))});
}

void give_addresses(Ready& one, const std::string& chain, const Setting& setting) {
    for (const auto& [channel, statement] : one.recipe.statements) {
        if (channel == Channel::staple) continue;
        const std::string digest = to_hex(sha256(as_bytes(chain))).substr(0, 8);
        const std::string path = fmt::format("{}-{}.{}", one.name, digest, word(channel));
        const bool reachable = statement.form != Form::unreachable;
        if (reachable) one.paths[channel] = path;
        one.addresses[channel] =
            fmt::format("http://{}/{}", reachable ? std::string_view(setting.published) : nobody, path);
    }
}

}  // namespace guise::pki
