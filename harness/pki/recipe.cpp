#include "pki/recipe.hpp"

#include "base/fields.hpp"

namespace guise::pki {

namespace {

void parse_validity(const yaml::Value& value, Recipe& recipe, Problems& problems) {
    yaml::Fields fields(value, problems);
    if (const auto* from = fields.required("from")) recipe.from = yaml::scalar_span(*from, problems);
    if (const auto* to = fields.required("to")) recipe.to = yaml::scalar_span(*to, problems);
    fields.done();
}

std::optional<Bytes> parse_serial(const yaml::Value* value, Problems& problems) {
    if (!value) return std::nullopt;
    auto octets = value->kind == yaml::Kind::scalar ? from_hex(value->text) : std::nullopt;
    if (!octets) problems.add(value->where, "an even number of hexadecimal digits", value->describe());
    return octets;
}

int parse_version(yaml::Fields& fields, Problems& problems) {
    const int version = fields.maybe_number("version").value_or(3);
    if (version < 1 || version > 128)
        problems.add(fields.maybe("version")->where, "a version from 1 to 128",
                     fields.maybe("version")->describe());
    return version;
}

void without_none(yaml::Value& value) {
    std::erase_if(value.entries, [](const auto& entry) {
        return entry.value.kind == yaml::Kind::scalar && entry.value.text == "none";
    });
    for (auto& [key, below] : value.entries) without_none(below);
}

}  // namespace

Result<Recipe> parse_recipe(const yaml::Value& tree) {
    Problems problems;
    Recipe recipe;
    yaml::Fields fields(tree, problems);
    if (const auto* subject = fields.required("subject")) recipe.subject = parse_subject(*subject, problems);
    if (const auto* issuer = fields.required("issuer"))
        recipe.issuer = {yaml::scalar_text(*issuer, problems), issuer->where};
    recipe.algorithm = fields.choice<Algorithm>("algorithm");
    if (const auto* key_of = fields.maybe("key-of"))
        recipe.key_of = {yaml::scalar_text(*key_of, problems), key_of->where};
    recipe.curve = fields.maybe_choice<Curve>("curve").value_or(recipe.curve);
    if (recipe.curve == Curve::forged_generator && recipe.algorithm != Algorithm::p256)
        problems.add(fields.maybe("curve")->where, "a p256 key to forge",
                     std::string(word(recipe.algorithm)));
    if (const auto* names = fields.maybe("names"))
        recipe.names = parse_names(*names, NameUse::identity, problems);
    if (const auto* valid = fields.required("valid")) parse_validity(*valid, recipe, problems);
    if (const auto signature = fields.maybe_choice<SignatureAlgorithm>("signature"))
        recipe.signature = {*signature, fields.maybe("signature")->where};
    recipe.serial = parse_serial(fields.maybe("serial"), problems);
    recipe.version = parse_version(fields, problems);
    if (const auto* extensions = fields.maybe("extensions"))
        recipe.extensions = parse_extensions(*extensions, problems);
    for (const Channel channel : {Channel::staple, Channel::ocsp, Channel::crl})
        if (const auto* said = fields.maybe(word(channel)))
            recipe.statements[channel] = parse_statement(*said, channel, problems);
    fields.done();
    if (!problems.empty()) return problems;
    return recipe;
}

void check_signature(const Recipe& recipe, Algorithm issuer_key, Problems& problems) {
    if (recipe.signature && !fits(recipe.signature->value, issuer_key))
        problems.add(recipe.signature->where,
                     fmt::format("a signature that a {} key can make", word(issuer_key)),
                     fmt::format("'{}'", word(recipe.signature->value)));
}

void check_signers(const Recipe& recipe, const std::map<std::string, yaml::Value>& recipes,
                   Problems& problems) {
    for (const auto& [channel, statement] : recipe.statements)
        if (statement.signer != "issuer" && !recipes.contains(statement.signer))
            problems.add(statement.where, "issuer or a recipe as `signer`",
                         fmt::format("'{}'", statement.signer));
}

yaml::Value patched(yaml::Value base, const yaml::Value& patch) {
    yaml::Value out = yaml::merged(std::move(base), patch);
    without_none(out);
    return out;
}

}  // namespace guise::pki
