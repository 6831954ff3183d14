#include "base/bounded_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <vector>

namespace guise {
namespace {

// Counts what is open at each byte. Up to the first byte that is not JSON it sees what the parser sees, and
// the parser goes no further.
class Measure {
 public:
    explicit Measure(const JsonLimits& limits) : limits_(limits) {}

    std::optional<JsonError> of(std::string_view text) {
        if (text.size() > limits_.bytes)
            return JsonError{fmt::format("is longer than {} bytes", limits_.bytes), limits_.bytes};
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] == '"')
                at = end_of_string(text, at);
            else if (std::string why = take(text[at]); !why.empty())
                return JsonError{std::move(why), at};
        }
        return std::nullopt;
    }

 private:
    static std::size_t end_of_string(std::string_view text, std::size_t at) {
        while (++at < text.size() && text[at] != '"')
            if (text[at] == '\\') ++at;
        return at;
    }

    std::string take(char c) {
        if (c == '[' || c == '{') {
            if (names_.size() == limits_.depth)
                return fmt::format("is nested more than {} levels deep", limits_.depth);
            names_.push_back(0);
        } else if (c == ']' || c == '}') {
            if (!names_.empty()) names_.pop_back();
        } else if (c == ':' && !names_.empty() && ++names_.back() > limits_.names) {
            return fmt::format("has more than {} names in one object", limits_.names);
        }
        return {};
    }

    const JsonLimits& limits_;
    std::vector<std::size_t> names_;  // of each array (none) and object that is open
};

template <class Json>
Json parsed(std::string_view text, std::string_view without) {
    if (without.empty()) return Json::parse(text);
    using Event = typename Json::parse_event_t;
    return Json::parse(text, [without](int depth, Event event, Json& value) {
        return event != Event::key || depth != 1 || value != without;
    });
}

}  // namespace

template <class Json>
JsonResult<Json> parse_json(std::string_view text, const JsonLimits& limits, std::string_view without) {
    if (auto error = Measure(limits).of(text)) return {boost::system::in_place_error, std::move(*error)};
    try {
        return {boost::system::in_place_value, parsed<Json>(text, without)};
    } catch (const nlohmann::json::parse_error& error) {
        return {boost::system::in_place_error, JsonError{"is not JSON", error.byte > 0 ? error.byte - 1 : 0}};
    } catch (const nlohmann::json::exception&) {  // a number that no type can hold
        return {boost::system::in_place_error, JsonError{"is not JSON", 0}};
    }
}

template JsonResult<nlohmann::json> parse_json(std::string_view, const JsonLimits&, std::string_view);
template JsonResult<nlohmann::ordered_json> parse_json(std::string_view, const JsonLimits&, std::string_view);

Problem json_problem(const JsonError& error, std::string_view text, SharedText file) {
    const std::string_view before = text.substr(0, error.at);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
    return {{file, static_cast<int>(line), static_cast<int>(column)}, "JSON", "a text that " + error.what};
}

void throw_exception_from_error(const JsonError& error, const boost::source_location& where) {
    throw std::logic_error(fmt::format("{}:{}: a text that {}", where.file_name(), where.line(), error.what));
}

}  // namespace guise
