#include "service/event.hpp"

#include "base/bounded_json.hpp"
#include "base/bytes.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace guise::service {

using nlohmann::json;

namespace {

constexpr std::string_view folder = "/events/";

// `%41+b` is `A b`.
std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto octet = text[i] == '%' ? from_hex(text.substr(i + 1, 2)) : std::nullopt;
        if (octet && octet->size() == 1) {
            out += static_cast<char>(octet->front());
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

void set(Event& out, std::string_view key, std::string value) {
    if (key == "name" || key == "event") out.name = std::move(value);
    if (key == "server") out.server = std::move(value);
    if (key == "faults") out.faults = words_of(value);
}

// `a=b&c=d`.
void read_form(Event& out, std::string_view form) {
    while (!form.empty()) {
        const std::string_view field = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(field.size() + 1, form.size()));
        const std::size_t equals = field.find('=');
        if (equals != std::string_view::npos)
            set(out, field.substr(0, equals), unescaped(field.substr(equals + 1)));
    }
}

void read_object(Event& out, const json& object) {
    for (const auto& [key, value] : object.items()) {
        if (value.is_string()) set(out, key, value.get<std::string>());
        if (key != "faults" || !value.is_array()) continue;
        for (const json& fault : value)
            if (fault.is_string()) out.faults.push_back(fault.get<std::string>());
    }
}

}  // namespace

std::vector<std::string> words_of(std::string_view list) {
    constexpr std::string_view blanks = " \t";
    std::vector<std::string> out;
    while (!list.empty()) {
        std::string_view word = list.substr(0, list.find(','));
        list.remove_prefix(std::min(word.size() + 1, list.size()));
        word.remove_prefix(std::min(word.find_first_not_of(blanks), word.size()));
        word = word.substr(0, word.find_last_not_of(blanks) + 1);
        if (!word.empty()) out.emplace_back(word);
    }
    return out;
}

std::optional<Event> event_of(const Request& request) {
    const std::string_view path = request.path();
    if (!path.starts_with(folder) || path.size() == folder.size()) return std::nullopt;
    Event out;
    const std::string_view below = path.substr(folder.size());
    out.token = below.substr(0, below.find('/'));
    const std::string_view query = std::string_view(request.target).substr(path.size());
    if (query.starts_with('?')) read_form(out, query.substr(1, query.find('#') - 1));
    out.text = request.body.empty() ? std::string(query.substr(query.empty() ? 0 : 1)) : request.body;
    if (request.header("content-type").starts_with("application/x-www-form-urlencoded"))
        read_form(out, request.body);
    else if (const auto body = parse_json<json>(request.body); body && body->is_object())
        read_object(out, *body);
    return out;
}

}  // namespace guise::service
