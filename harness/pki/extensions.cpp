#include "pki/extensions.hpp"

#include "base/fields.hpp"
#include "pki/der.hpp"

#include <fmt/format.h>

namespace guise::pki {

namespace {

constexpr std::string_view known_keys =
    "basic-constraints, key-usage, extended-key-usage, subject-key-id, authority-key-id, name-constraints "
    "or an object identifier";

Bytes encoded(bool critical, ByteView oid, ByteView content) {
    const Bytes flag = critical ? der::boolean_true() : Bytes{};  // FALSE is the default and is left out
    return der::sequence({oid, flag, der::element(CBS_ASN1_OCTETSTRING, content)});
}

Extension parse_basic_constraints(const yaml::Value& value, Problems& problems) {
    yaml::Fields fields(value, problems);
    const bool critical = fields.flag("critical", false);
    (void)fields.required("ca");
    BasicConstraints constraints{fields.flag("ca", false), fields.maybe_number("path-length")};
    if (constraints.path_length.value_or(0) < 0)
        problems.add(fields.maybe("path-length")->where, "a number from 0",
                     fields.maybe("path-length")->describe());
    fields.done();
    return {critical, constraints};
}

Extension parse_key_usage(const yaml::Value& value, Problems& problems) {
    yaml::Fields fields(value, problems);
    const bool critical = fields.flag("critical", false);
    (void)fields.required("bits");
    KeyUsage usage{fields.choices<Usage>("bits")};
    fields.done();
    return {critical, std::move(usage)};
}

std::optional<Bytes> purpose_oid(const std::string& text) {
    static const std::map<std::string, std::string, std::less<>> purposes{
        {"server-auth", "1.3.6.1.5.5.7.3.1"},
        {"client-auth", "1.3.6.1.5.5.7.3.2"},
        {"code-signing", "1.3.6.1.5.5.7.3.3"},
        {"email-protection", "1.3.6.1.5.5.7.3.4"},
        {"time-stamping", "1.3.6.1.5.5.7.3.8"},
        {"ocsp-signing", "1.3.6.1.5.5.7.3.9"},
        {"any", "2.5.29.37.0"}};
    const auto at = purposes.find(text);
    return der::oid(at == purposes.end() ? text : at->second);
}

// `[server-auth]`, or `{critical?, uses: [server-auth]}`.
Extension parse_extended_key_usage(const yaml::Value& value, Problems& problems) {
    Extension out{false, ExtendedKeyUsage{}};
    const yaml::Value* uses = &value;
    if (value.kind == yaml::Kind::map) {
        yaml::Fields fields(value, problems);
        out.critical = fields.flag("critical", false);
        uses = fields.required("uses");
        fields.done();
    }
    if (!uses) return out;
    for (const yaml::Value* item : yaml::Fields::each(*uses)) {
        auto oid = item->kind == yaml::Kind::scalar ? purpose_oid(item->text) : std::nullopt;
        if (oid)
            std::get<ExtendedKeyUsage>(out.content).purposes.push_back(std::move(*oid));
        else
            problems.add(item->where, "a purpose such as server-auth, or an object identifier",
                         item->describe());
    }
    return out;
}

template <class Identifier>
Extension parse_key_id(const yaml::Value& value, Problems& problems) {
    if (value.kind == yaml::Kind::scalar) {
        if (value.text != "auto") problems.add(value.where, "auto", value.describe());
        return {false, Identifier{}};
    }
    yaml::Fields fields(value, problems);
    const bool critical = fields.flag("critical", false);
    fields.done();
    return {critical, Identifier{}};
}

Extension parse_name_constraints(const yaml::Value& value, Problems& problems) {
    yaml::Fields fields(value, problems);
    const bool critical = fields.flag("critical", false);
    NameConstraints constraints;
    const yaml::Value* permitted = fields.maybe("permitted");
    const yaml::Value* excluded = fields.maybe("excluded");
    if (permitted) constraints.permitted = parse_names(*permitted, NameUse::subtree, problems);
    if (excluded) constraints.excluded = parse_names(*excluded, NameUse::subtree, problems);
    if (!permitted && !excluded) problems.add(value.where, "permitted or excluded names", value.describe());
    fields.done();
    return {critical, std::move(constraints)};
}

Extension parse_other(Bytes oid, const yaml::Value& value, Problems& problems) {
    yaml::Fields fields(value, problems);
    const bool critical = fields.flag("critical", false);
    const yaml::Value* hex = fields.required("hex");
    auto content = hex && hex->kind == yaml::Kind::scalar ? from_hex(hex->text) : std::nullopt;
    if (hex && !content) problems.add(hex->where, "an even number of hexadecimal digits", hex->describe());
    fields.done();
    return {critical, OtherExtension{std::move(oid), content.value_or(Bytes{})}};
}

std::optional<Extension> parse_extension(const yaml::Value& key, const yaml::Value& value,
                                         Problems& problems) {
    if (key.text == "basic-constraints") return parse_basic_constraints(value, problems);
    if (key.text == "key-usage") return parse_key_usage(value, problems);
    if (key.text == "extended-key-usage") return parse_extended_key_usage(value, problems);
    if (key.text == "subject-key-id") return parse_key_id<SubjectKeyId>(value, problems);
    if (key.text == "authority-key-id") return parse_key_id<AuthorityKeyId>(value, problems);
    if (key.text == "name-constraints") return parse_name_constraints(value, problems);
    if (auto oid = der::oid(key.text)) return parse_other(std::move(*oid), value, problems);
    problems.add(key.where, std::string(known_keys), fmt::format("unknown extension '{}'", key.text));
    return std::nullopt;
}

Bytes subtrees(unsigned number, const std::vector<GeneralName>& names) {
    Bytes list;
    for (const GeneralName& name : names) list = der::join({list, der::sequence({encode_name(name)})});
    return names.empty() ? Bytes{} : der::element(der::context_constructed(number), list);
}

// The content of each kind, with the last number of its identifier, 2.5.29.N.
struct Encoder {
    const KeyIdentifiers& identifiers;

    std::pair<int, Bytes> operator()(const BasicConstraints& it) const {
        const Bytes ca = it.ca ? der::boolean_true() : Bytes{};
        const Bytes length =
            it.path_length ? der::integer(static_cast<std::uint64_t>(*it.path_length)) : Bytes{};
        return {19, der::sequence({ca, length})};
    }
    std::pair<int, Bytes> operator()(const KeyUsage& it) const {
        std::uint32_t bits = 0;
        for (const Usage usage : it.bits) bits |= 1U << static_cast<unsigned>(usage);
        return {15, der::named_bits(bits)};
    }
    std::pair<int, Bytes> operator()(const ExtendedKeyUsage& it) const {
        Bytes list;
        for (const Bytes& purpose : it.purposes) list = der::join({list, purpose});
        return {37, der::sequence({list})};
    }
    std::pair<int, Bytes> operator()(const SubjectKeyId&) const {
        return {14, der::element(CBS_ASN1_OCTETSTRING, identifiers.subject)};
    }
    std::pair<int, Bytes> operator()(const AuthorityKeyId&) const {
        return {35, der::sequence({der::element(der::context(0), identifiers.issuer)})};
    }
    std::pair<int, Bytes> operator()(const NameConstraints& it) const {
        return {30, der::sequence({subtrees(0, it.permitted), subtrees(1, it.excluded)})};
    }
};

Bytes standard_oid(int last) { return der::oid(fmt::format("2.5.29.{}", last)).value(); }

// uniformResourceIdentifier of a GeneralName.
Bytes encode_url(std::string_view url) { return der::element(der::context(6), as_bytes(url)); }

}  // namespace

std::vector<Extension> parse_extensions(const yaml::Value& map, Problems& problems) {
    std::vector<Extension> out;
    if (map.kind != yaml::Kind::map) problems.add(map.where, "a map", map.describe());
    for (const auto& [key, value] : map.entries)
        if (auto extension = parse_extension(key, value, problems)) out.push_back(std::move(*extension));
    return out;
}

Bytes encode_extension(const Extension& extension, const KeyIdentifiers& identifiers) {
    const Encoder encoder{identifiers};
    return std::visit(
        [&](const auto& content) {
            if constexpr (std::is_same_v<std::decay_t<decltype(content)>, OtherExtension>) {
                return encoded(extension.critical, content.oid, content.content);
            } else {
                const auto [last, octets] = encoder(content);
                return encoded(extension.critical, standard_oid(last), octets);
            }
        },
        extension.content);
}

Bytes encode_alternative_names(const std::vector<GeneralName>& names, bool critical) {
    Bytes list;
    for (const GeneralName& name : names) {
        const Bytes one = encode_name(name);
        list.insert(list.end(), one.begin(), one.end());  // there may be ten thousand
    }
    return encoded(critical, standard_oid(17), der::sequence({list}));
}

Bytes encode_list_address(std::string_view url) {
    const Bytes full_name = der::element(der::context_constructed(0), encode_url(url));
    const Bytes point = der::element(der::context_constructed(0), full_name);
    return encoded(false, standard_oid(31), der::sequence({der::sequence({point})}));
}

Bytes encode_responder_address(std::string_view url) {
    const Bytes access = der::oid("1.3.6.1.5.5.7.1.1").value(), ocsp = der::oid("1.3.6.1.5.5.7.48.1").value();
    return encoded(false, access, der::sequence({der::sequence({ocsp, encode_url(url)})}));
}

}  // namespace guise::pki
