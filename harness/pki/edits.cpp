#include "pki/edits.hpp"

#include "base/fields.hpp"

#include <fmt/format.h>

namespace guise::pki {

namespace {

bool needs_octets(Operation operation) {
    return operation == Operation::append || operation == Operation::replace;
}

Edit parse_edit(const yaml::Value& value, Problems& problems) {
    yaml::Fields fields(value, problems);
    Edit edit;
    edit.when = fields.choice<When>("when");
    edit.field = fields.choice<Field>("field");
    edit.operation = fields.choice<Operation>("do");
    const yaml::Value* hex = fields.maybe("hex");
    fields.done();
    if (edit.when == When::unsigned_ && edit.field > Field::tbs)
        problems.add(value.where, "`when: signed` for what is no part of the signed octets",
                     "`when: unsigned`");
    if (needs_octets(edit.operation) != (hex != nullptr))
        problems.add(value.where, "the key 'hex' exactly with append and replace",
                     fmt::format("'{}' {} it", word(edit.operation), hex ? "with" : "without"));
    if (!hex) return edit;
    auto octets = hex->kind == yaml::Kind::scalar ? from_hex(hex->text) : std::nullopt;
    if (!octets) problems.add(hex->where, "an even number of hexadecimal digits", hex->describe());
    edit.octets = octets.value_or(Bytes{});
    return edit;
}

void apply(Bytes& part, const Edit& edit) {
    switch (edit.operation) {
        case Operation::flip_last_bit:
            if (!part.empty()) part.back() ^= 1;
            break;
        case Operation::append:
            part.insert(part.end(), edit.octets.begin(), edit.octets.end());
            break;
        case Operation::truncate:
            if (!part.empty()) part.pop_back();
            break;
        case Operation::replace:
            part = edit.octets;
            break;
    }
}

}  // namespace

std::vector<Edit> parse_edits(const yaml::Value& list, Problems& problems) {
    std::vector<Edit> edits;
    if (list.kind != yaml::Kind::sequence || list.items.empty())
        problems.add(list.where, "a list of edits", list.describe());
    for (const yaml::Value& item : list.items) edits.push_back(parse_edit(item, problems));
    return edits;
}

void apply_edits(Bytes& part, Field field, When when, const std::vector<Edit>& edits) {
    for (const Edit& edit : edits)
        if (edit.field == field && edit.when == when) apply(part, edit);
}

}  // namespace guise::pki
