#include "pki/status.hpp"

#include "base/fields.hpp"
#include "pki/der.hpp"
#include "pki/digest.hpp"
#include "pki/extensions.hpp"

#include <algorithm>

namespace guise::pki {

namespace {

using std::chrono::hours;

// What can be said in a channel, and in which form.
struct Possible {
    std::vector<Standing> standings;
    std::vector<Form> forms;
};

Possible possible_in(Channel channel) {
    using enum Standing;
    using enum Form;
    switch (channel) {
        case Channel::staple:
            return {{good, revoked, unknown}, {whole, truncated, bad_signature, try_later}};
        case Channel::ocsp:
            return {{good, revoked, unknown}, {whole, truncated, bad_signature, try_later, unreachable}};
        case Channel::crl:
            break;
    }
    return {{good, revoked}, {whole, truncated, bad_signature, unreachable}};
}

template <class T>
void check_possible(yaml::Fields& fields, std::string_view key, T value, const std::vector<T>& possible,
                    Problems& problems) {
    const yaml::Value* at = fields.maybe(key);
    if (!at || std::ranges::count(possible, value) != 0) return;
    std::string all;
    for (const T each : possible) all.append(all.empty() ? "one of " : ", ").append(word(each));
    problems.add(at->where, all, at->describe());
}

// The two times of a statement, in the form that its format wants.
using Encode = std::optional<Bytes> (*)(std::chrono::sys_seconds);
struct Times {
    Bytes from, to;
};

Result<Times> times_of(const StatementParts& parts, Encode encode) {
    const auto from = encode(parts.now + parts.statement.from), to = encode(parts.now + parts.statement.to);
    if (from && to) return Times{*from, *to};
    return Problem{parts.statement.where, "times within the years 0 to 9999", "one that cannot be encoded"};
}

Bytes serial_said(const StatementParts& parts) {
    const auto& other = parts.statement.serial;
    return other ? der::element(CBS_ASN1_INTEGER, *other) : parts.serial;
}

Bytes algorithm_identifier(const char* oid) {
    const Bytes null{0x05, 0x00};
    return der::sequence({der::oid(oid).value(), null});
}

// The signed content, its algorithm and its signature, and what comes after them.
Bytes signed_sequence(const StatementParts& parts, const Bytes& content, const Bytes& rest) {
    Bytes signature = sign(parts.key, parts.algorithm, content);
    if (parts.statement.form == Form::bad_signature) signature.back() ^= 1;
    return der::sequence({content, signature_identifier(parts.algorithm), der::bit_string(signature), rest});
}

Bytes in_form(Form form, Bytes whole) {
    if (form == Form::truncated) whole.pop_back();
    return whole;
}

// CertStatus: the reason of a revocation is keyCompromise (1).
Result<Bytes> encode_standing(const StatementParts& parts) {
    switch (parts.statement.standing) {
        case Standing::good:
            return der::element(der::context(0), {});
        case Standing::unknown:
            return der::element(der::context(2), {});
        case Standing::revoked:
            break;
    }
    const auto since = der::generalized_time(parts.now - hours(1));
    if (!since) return Problem{parts.statement.where, "a time within the years 0 to 9999", "none"};
    const Bytes reason = der::element(der::context_constructed(0), der::enumerated(1));
    return der::element(der::context_constructed(1), der::join({*since, reason}));
}

Bytes encode_certificate_id(const StatementParts& parts) {
    return der::sequence({algorithm_identifier("1.3.14.3.2.26"),
                          der::element(CBS_ASN1_OCTETSTRING, sha1(parts.issuer_name)),
                          der::element(CBS_ASN1_OCTETSTRING, parts.issuer_key), serial_said(parts)});
}

Result<Bytes> encode_basic_response(const StatementParts& parts) {
    const auto times = times_of(parts, der::generalized_time);
    if (!times) return times.error();
    const auto standing = encode_standing(parts);
    if (!standing) return standing.error();
    const Bytes single = der::sequence({encode_certificate_id(parts), *standing, times->from,
                                        der::element(der::context_constructed(0), times->to)});
    const Bytes by_key =
        der::element(der::context_constructed(2), der::element(CBS_ASN1_OCTETSTRING, parts.signer_key));
    const Bytes data = der::sequence({by_key, times->from, der::sequence({single})});
    const Bytes& own = parts.signer_certificate;
    const Bytes certificates =
        own.empty() ? Bytes{} : der::element(der::context_constructed(0), der::sequence({own}));
    return signed_sequence(parts, data, certificates);
}

// revokedCertificates, which is absent where there are none (RFC 5280 5.1.2.6).
Result<Bytes> encode_revoked(const StatementParts& parts) {
    if (parts.statement.standing != Standing::revoked) return Bytes{};
    const auto since = der::time(parts.now - hours(1));
    if (!since) return Problem{parts.statement.where, "a time within the years 0 to 9999", "none"};
    const Bytes reason = der::sequence(
        {der::oid("2.5.29.21").value(), der::element(CBS_ASN1_OCTETSTRING, der::enumerated(1))});
    return der::sequence({der::sequence({serial_said(parts), *since, der::sequence({reason})})});
}

// The key identifier is the issuer's, whoever signs: a mutator copies it.
Bytes list_extensions(const StatementParts& parts) {
    const Bytes number =
        der::sequence({der::oid("2.5.29.20").value(), der::element(CBS_ASN1_OCTETSTRING, der::integer(1))});
    const Bytes key = encode_extension({false, AuthorityKeyId{}}, {{}, parts.issuer_key});
    return der::element(der::context_constructed(0), der::sequence({key, number}));
}

}  // namespace

Statement parse_statement(const yaml::Value& value, Channel channel, Problems& problems) {
    yaml::Fields fields(value, problems);
    Statement out;
    out.where = value.where;
    out.standing = fields.maybe_choice<Standing>("status").value_or(Standing::good);
    const yaml::Value *from = fields.maybe("from"), *to = fields.maybe("to");
    out.from = from ? yaml::scalar_span(*from, problems) : -hours(1);
    out.to = to ? yaml::scalar_span(*to, problems) : hours(72);
    out.signer = fields.maybe_text("signer").value_or("issuer");
    if (const yaml::Value* signer = fields.maybe("signer")) out.where = signer->where;
    if (const yaml::Value* serial = fields.maybe("serial")) {
        out.serial = serial->kind == yaml::Kind::scalar ? from_hex(serial->text) : std::nullopt;
        if (!out.serial)
            problems.add(serial->where, "an even number of hexadecimal digits", serial->describe());
    }
    out.form = fields.maybe_choice<Form>("form").value_or(Form::whole);
    const auto [standings, forms] = possible_in(channel);
    check_possible(fields, "status", out.standing, standings, problems);
    check_possible(fields, "form", out.form, forms, problems);
    fields.done();
    return out;
}

Result<Bytes> make_ocsp_response(const StatementParts& parts) {
    if (parts.statement.form == Form::try_later) return der::sequence({der::enumerated(3)});
    const auto basic = encode_basic_response(parts);
    if (!basic) return basic.error();
    const Bytes type = der::oid("1.3.6.1.5.5.7.48.1.1").value();
    const Bytes content = der::sequence({type, der::element(CBS_ASN1_OCTETSTRING, *basic)});
    return in_form(parts.statement.form,
                   der::sequence({der::enumerated(0), der::element(der::context_constructed(0), content)}));
}

Result<Bytes> make_list(const StatementParts& parts) {
    const auto times = times_of(parts, der::time);
    if (!times) return times.error();
    const auto revoked = encode_revoked(parts);
    if (!revoked) return revoked.error();
    const Bytes content =
        der::sequence({der::integer(1), signature_identifier(parts.algorithm), parts.signer_name, times->from,
                       times->to, *revoked, list_extensions(parts)});
    return in_form(parts.statement.form, signed_sequence(parts, content, {}));
}

std::optional<Bytes> serial_of(ByteView certificate) {
    CBS all, outer, tbs, serial;
    CBS_init(&all, certificate.data(), certificate.size());
    if (!CBS_get_asn1(&all, &outer, CBS_ASN1_SEQUENCE) || !CBS_get_asn1(&outer, &tbs, CBS_ASN1_SEQUENCE) ||
        !CBS_get_optional_asn1(&tbs, nullptr, nullptr, der::context_constructed(0)) ||
        !CBS_get_asn1_element(&tbs, &serial, CBS_ASN1_INTEGER))
        return std::nullopt;
    return Bytes(CBS_data(&serial), CBS_data(&serial) + CBS_len(&serial));
}

}  // namespace guise::pki
