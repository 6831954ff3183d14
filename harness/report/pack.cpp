#include "report/pack.hpp"

#include "report/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace guise::report {

using nlohmann::ordered_json;

namespace {

std::string listed(const auto& texts, auto text_of_one) {
    std::string out = "[";
    for (const auto& each : texts) {
        if (out.size() > 1) out += ',';
        out += text_of_one(each);
    }
    return out + "]";
}

// Whether the packed parts hold no list and no object.
bool plain(const std::string& parts) { return parts.find('[', 1) == std::string::npos; }

bool has_time(const ordered_json& object) { return object.contains("at_us") || object.contains("at_ms"); }

}  // namespace

std::string Packer::pack(const ordered_json& value) {
    if (value.is_array()) return pack_list(value);
    if (value.is_object()) return pack_object(value);
    if (value.is_number_unsigned() || value.is_boolean() || value.is_null()) return json_text(value);
    if (value.is_number_integer() && value.get<std::int64_t>() >= 0) return json_text(value);
    return reference(json_text(value));
}

std::string Packer::pack_list(const ordered_json& list) {
    std::string out = "[0";
    for (const ordered_json& each : list) out += "," + pack(each);
    out += "]";
    return plain(out) ? reference(std::move(out)) : out;
}

std::string Packer::pack_object(const ordered_json& object) {
    std::string names;
    std::string values;
    for (const auto& [name, value] : object.items()) {
        names += (names.empty() ? "" : ",") + json_text(name);
        values += "," + pack(value);
    }
    const auto [shape, fresh] = shapes_.emplace(names, names_.size() + 1);
    if (fresh) {
        size_ += names.size() + 3;
        names_.push_back(names);
    }
    std::string out = fmt::format("[{}{}]", shape->second, values);
    return plain(out) && !has_time(object) ? reference(std::move(out)) : out;
}

std::string Packer::reference(std::string text) {
    const auto [place, fresh] = places_.emplace(std::move(text), values_.size());
    if (fresh) {
        size_ += place->first.size() + 1;
        values_.push_back(&place->first);
    }
    return "-" + std::to_string(place->second + 1);
}

std::string Packer::shapes() const {
    return listed(names_, [](const std::string& names) { return "[" + names + "]"; });
}

std::string Packer::table() const {
    return listed(values_, [](const std::string* value) { return *value; });
}

}  // namespace guise::report
