#include "pki/names.hpp"

#include "base/ascii.hpp"
#include "base/fields.hpp"
#include "pki/der.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <iterator>

namespace guise::pki {

std::optional<Bytes> address_octets(const std::string& text) {
    Bytes octets(16);
    if (text.find('\0') != std::string::npos) return std::nullopt;
    if (::inet_pton(AF_INET6, text.c_str(), octets.data()) == 1) return octets;
    octets.resize(4);
    if (::inet_pton(AF_INET, text.c_str(), octets.data()) == 1) return octets;
    return std::nullopt;
}

namespace {

Bytes attribute(std::string_view oid, const std::string& text) {
    const Bytes type = der::oid(oid).value();
    const Bytes value = der::element(CBS_ASN1_UTF8STRING, as_bytes(text));
    return der::element(CBS_ASN1_SET, der::sequence({type, value}));
}

// Address and mask one after the other, as RFC 5280 4.2.1.10 writes networks.
std::optional<Bytes> parse_network(const std::string& text) {
    const std::size_t slash = text.find('/');
    std::optional<Bytes> octets = address_octets(text.substr(0, slash));
    if (!octets || slash == std::string::npos) return std::nullopt;
    std::size_t length = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, length);
    const std::size_t width = octets->size();
    if (error != std::errc() || stop != end || length > width * 8) return std::nullopt;
    for (std::size_t i = 0; i < width; ++i) {
        const std::size_t ones = length > i * 8 ? std::min<std::size_t>(length - i * 8, 8) : 0;
        octets->push_back(static_cast<std::uint8_t>(0xff00 >> ones));
    }
    return octets;
}

GeneralName parse_ip(const yaml::Value& value, NameUse use, Problems& problems) {
    GeneralName name{NameKind::ip, yaml::scalar_text(value, problems), {}};
    if (value.kind != yaml::Kind::scalar) return name;
    const bool network = use == NameUse::subtree;
    if (auto octets = network ? parse_network(name.text) : address_octets(name.text))
        name.content = std::move(*octets);
    else
        problems.add(value.where, network ? "a network such as 10.0.0.0/8" : "an IP address",
                     value.describe());
    return name;
}

// `{number}` in a repeated name, counted from one with as many digits as the last.
std::string numbered(std::string text, std::size_t number, std::size_t last) {
    constexpr std::string_view mark = "{number}";
    const std::string digits = fmt::format("{:0{}}", number, std::to_string(last).size());
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + digits.size()))
        text.replace(at, mark.size(), digits);
    return text;
}

// `{dns: TEXT, repeat: N}`: that many names.
std::vector<GeneralName> parse_repeated(const yaml::Value& value, Problems& problems) {
    constexpr int most = 100000;
    yaml::Fields fields(value, problems);
    const std::string text = fields.text("dns");
    const int count = fields.maybe_number("repeat").value_or(0);
    fields.done();
    if (count < 1 || count > most)
        problems.add(value.where, fmt::format("from 1 to {} names", most), value.describe());
    std::vector<GeneralName> names;
    for (int number = 1; number <= std::min(count, most); ++number) {
        const std::string one =
            numbered(text, static_cast<std::size_t>(number), static_cast<std::size_t>(count));
        const ByteView octets = as_bytes(one);
        names.push_back({NameKind::dns, one, Bytes(octets.begin(), octets.end())});
    }
    return names;
}

GeneralName parse_name(const yaml::Value& value, NameUse use, Problems& problems) {
    const std::string kinds = use == NameUse::subtree ? "{dns|ip|directory: ...}" : "{dns|ip: text}";
    if (value.kind != yaml::Kind::map || value.entries.size() != 1) {
        problems.add(value.where, kinds, value.describe());
        return {};
    }
    const auto& [key, below] = value.entries.front();
    if (key.text == "dns") {
        const std::string text = yaml::scalar_text(below, problems);
        const ByteView octets = as_bytes(text);
        return {NameKind::dns, text, Bytes(octets.begin(), octets.end())};
    }
    if (key.text == "ip") return parse_ip(below, use, problems);
    if (key.text == "directory" && use == NameUse::subtree)
        return {NameKind::directory, {}, encode_subject(parse_subject(below, problems))};
    problems.add(key.where, kinds, key.describe());
    return {};
}

}  // namespace

Subject parse_subject(const yaml::Value& value, Problems& problems) {
    yaml::Fields fields(value, problems);
    Subject subject;
    subject.common_name = fields.maybe_text("cn");
    subject.organisation = fields.maybe_text("o");
    fields.done();
    return subject;
}

Bytes encode_subject(const Subject& subject) {
    const Bytes o = subject.organisation ? attribute("2.5.4.10", *subject.organisation) : Bytes{};
    const Bytes cn = subject.common_name ? attribute("2.5.4.3", *subject.common_name) : Bytes{};
    return der::sequence({o, cn});
}

std::vector<GeneralName> parse_names(const yaml::Value& list, NameUse use, Problems& problems) {
    std::vector<GeneralName> names;
    if (list.kind != yaml::Kind::sequence) problems.add(list.where, "a list of names", list.describe());
    for (const yaml::Value& item : list.items) {
        if (use == NameUse::identity && item.find("repeat"))
            std::ranges::move(parse_repeated(item, problems), std::back_inserter(names));
        else
            names.push_back(parse_name(item, use, problems));
    }
    return names;
}

bool covers(std::string_view dns_name, std::string_view host) {
    if (dns_name.starts_with("*.")) {
        const std::size_t dot = host.find('.');
        if (dot == std::string_view::npos || dot == 0) return false;
        dns_name.remove_prefix(1);
        host.remove_prefix(dot);
    }
    return same_but_case(dns_name, host);
}

Bytes encode_name(const GeneralName& name) {
    switch (name.kind) {
        case NameKind::dns:
            return der::element(der::context(2), name.content);
        case NameKind::directory:
            return der::element(der::context_constructed(4), name.content);  // explicit: Name is a CHOICE
        case NameKind::ip:
            break;
    }
    return der::element(der::context(7), name.content);
}

}  // namespace guise::pki
