#include "pki/handshake.hpp"

#include "base/fields.hpp"

namespace guise::pki {

namespace {

constexpr std::size_t least_octets = 6;   // those of type and length, and what makes room for them
constexpr std::size_t most_octets = 250;  // with the header of their message in one record of any client

void read_octets(yaml::Fields& fields, tls::Mutation& mutation, Problems& problems) {
    const yaml::Value* value = fields.required("octets");
    if (!value) return;
    mutation.octets = from_hex(yaml::scalar_text(*value, problems)).value_or(Bytes());
    const Bytes& octets = mutation.octets;
    if (octets.size() < least_octets || octets.size() > most_octets ||
        static_cast<std::size_t>(octets[2] << 8 | octets[3]) != octets.size() - 4)
        problems.add(value->where,
                     "a TLS extension in hexadecimal digits, its type, its length and 2 to 246 octets",
                     value->describe());
}

}  // namespace

HandshakeChange parse_handshake(const yaml::Value& map, Problems& problems) {
    HandshakeChange out;
    yaml::Fields fields(map, problems);
    if (map.find("signature")) {
        out.signature = fields.choice<tls::SignatureFault>("signature");
    } else {
        out.mutation.kind = fields.choice<tls::MutationKind>("do");
        if (out.mutation.kind == tls::MutationKind::extension) read_octets(fields, out.mutation, problems);
        if (out.mutation.stops()) out.mutation.after = fields.choice<tls::Milestone>("after");
    }
    fields.done();
    if (out.signature == tls::SignatureFault::none && out.mutation.kind == tls::MutationKind::none)
        problems.add(map.where, "`signature` or `do` with what is out of the ordinary", map.describe());
    return out;
}

}  // namespace guise::pki
