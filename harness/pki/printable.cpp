#include "pki/printable.hpp"

#include "pki/der.hpp"

#include <fmt/format.h>
#include <openssl/mem.h>

#include <arpa/inet.h>
#include <array>
#include <map>
#include <optional>

namespace guise::pki {

namespace {

// How many bytes the UTF-8 character at the start has; 0 for none, and for a control character.
std::size_t character_size(ByteView octets) {
    const std::uint8_t first = octets[0];
    if (first < 0x80) return first >= 0x20 && first != 0x7f ? 1 : 0;
    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || octets.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((octets[i] & 0xc0) != 0x80) return 0;
    const bool control = first == 0xc2 && octets[1] < 0xa0;
    const bool too_long = (first == 0xe0 && octets[1] < 0xa0) || (first == 0xf0 && octets[1] < 0x90);
    const bool no_character = (first == 0xed && octets[1] >= 0xa0) || (first == 0xf4 && octets[1] >= 0x90);
    return control || too_long || no_character ? 0 : size;
}

// `special`: characters that get a backslash.
std::string escaped(ByteView octets, std::string_view special) {
    std::string out;
    while (!octets.empty()) {
        const std::size_t size = octets[0] == '\\' ? 0 : character_size(octets);
        const char first = static_cast<char>(octets[0]);
        if (size == 0) out += fmt::format("\\{:02x}", octets[0]);
        if (size == 1 && special.find(first) != std::string_view::npos) out += '\\';
        out += as_text(octets.first(size));
        octets = octets.subspan(size == 0 ? 1 : size);
    }
    return out;
}

std::string attribute_value(ByteView octets) {
    std::string out = escaped(octets, "\"+,;<>");
    if (out.starts_with(' ') || out.starts_with('#')) out.insert(0, "\\");
    if (octets.size() > 1 && out.ends_with(' ')) out.insert(out.size() - 1, "\\");
    return out;
}

std::string attribute_type(const CBS& oid) {
    static const std::map<std::string, std::string, std::less<>> short_names{
        {"2.5.4.3", "CN"},
        {"2.5.4.4", "SN"},
        {"2.5.4.5", "serialNumber"},
        {"2.5.4.6", "C"},
        {"2.5.4.7", "L"},
        {"2.5.4.8", "ST"},
        {"2.5.4.10", "O"},
        {"2.5.4.11", "OU"},
        {"2.5.4.12", "T"},
        {"0.9.2342.19200300.100.1.25", "DC"},
        {"0.9.2342.19200300.100.1.1", "UID"},
        {"1.2.840.113549.1.9.1", "emailAddress"}};
    const bssl::UniquePtr<char> dotted(CBS_asn1_oid_to_text(&oid));
    if (!dotted) return "#" + to_hex(der::view(oid));
    const auto at = short_names.find(std::string_view(dotted.get()));
    return at == short_names.end() ? dotted.get() : at->second;
}

bool is_text(unsigned tag) {
    return tag == CBS_ASN1_UTF8STRING || tag == CBS_ASN1_PRINTABLESTRING || tag == CBS_ASN1_IA5STRING ||
           tag == CBS_ASN1_T61STRING;
}

std::optional<std::string> attribute_text(CBS& set) {
    CBS pair, type, value, whole;
    if (!CBS_get_asn1(&set, &pair, CBS_ASN1_SEQUENCE) || !CBS_get_asn1(&pair, &type, CBS_ASN1_OBJECT))
        return std::nullopt;
    whole = pair;
    unsigned tag = 0;
    if (!CBS_get_any_asn1(&pair, &value, &tag) || CBS_len(&pair) != 0) return std::nullopt;
    const std::string text =
        is_text(tag) ? attribute_value(der::view(value)) : "#" + to_hex(der::view(whole));
    return attribute_type(type) + "=" + text;
}

// The attributes of one relative name, joined by `+`.
std::optional<std::string> relative_text(CBS& names) {
    CBS set;
    if (!CBS_get_asn1(&names, &set, CBS_ASN1_SET) || CBS_len(&set) == 0) return std::nullopt;
    std::string out;
    while (CBS_len(&set) != 0) {
        const auto text = attribute_text(set);
        if (!text) return std::nullopt;
        out += (out.empty() ? "" : "+") + *text;
    }
    return out;
}

std::string address_text(ByteView octets) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int family = octets.size() == 4 ? AF_INET : AF_INET6;
    if ((octets.size() != 4 && octets.size() != 16) ||
        !::inet_ntop(family, octets.data(), text.data(), text.size()))
        return "#" + to_hex(octets);
    return text.data();
}

// Up to the first character of `ends` that has no backslash before it.
std::string_view up_to(std::string_view text, std::string_view ends) {
    std::size_t at = 0;
    while (at < text.size() && ends.find(text[at]) == std::string_view::npos) at += text[at] == '\\' ? 2 : 1;
    return text.substr(0, at);
}

// RFC 4514 section 2.4: a backslash stands before a special character, or before a byte in hexadecimal.
std::string without_escapes(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto octet = text[0] == '\\' ? from_hex(text.substr(1, 2)) : std::nullopt;
        const bool readable = octet && octet->size() == 1 && (*octet)[0] >= 0x20 && (*octet)[0] < 0x7f;
        const bool special = text[0] == '\\' && !octet && text.size() > 1;
        if (readable)
            out += static_cast<char>((*octet)[0]);
        else
            out += text[special ? 1 : 0];
        text.remove_prefix(readable ? 3 : special ? 2 : 1);
    }
    return out;
}

}  // namespace

std::string common_name(std::string_view name) {
    constexpr std::string_view type = "CN=";
    for (std::string_view rest = name; !rest.empty();) {
        const std::string_view one = up_to(rest, ",+");
        if (one.starts_with(type)) return without_escapes(one.substr(type.size()));
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    }
    return std::string(name);
}

std::string printable(ByteView octets) { return escaped(octets, ""); }

std::string name_text(ByteView name) {
    CBS in = der::reader(name), names;
    const std::string whole = "#" + to_hex(name);
    if (!CBS_get_asn1(&in, &names, CBS_ASN1_SEQUENCE) || CBS_len(&in) != 0) return whole;
    std::string out;
    while (CBS_len(&names) != 0) {
        const auto text = relative_text(names);
        if (!text) return whole;
        out = out.empty() ? *text : *text + "," + out;
    }
    return out;
}

std::string general_name_text(ByteView name) {
    CBS in = der::reader(name), content;
    unsigned tag = 0;
    if (!CBS_get_any_asn1(&in, &content, &tag) || CBS_len(&in) != 0) return "other:#" + to_hex(name);
    switch (tag) {
        case CBS_ASN1_CONTEXT_SPECIFIC | 1:
            return "email:" + printable(der::view(content));
        case CBS_ASN1_CONTEXT_SPECIFIC | 2:
            return "dns:" + printable(der::view(content));
        case CBS_ASN1_CONTEXT_SPECIFIC | CBS_ASN1_CONSTRUCTED | 4:
            return "directory:" + name_text(der::view(content));
        case CBS_ASN1_CONTEXT_SPECIFIC | 6:
            return "uri:" + printable(der::view(content));
        case CBS_ASN1_CONTEXT_SPECIFIC | 7:
            return "ip:" + address_text(der::view(content));
        default:
            return "other:#" + to_hex(name);
    }
}

}  // namespace guise::pki
