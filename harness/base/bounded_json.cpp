#include "base/bounded_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace guise {
namespace {

// Finds the byte that is over a limit. Up to the first byte that is not JSON it sees what the parser sees.
class Measure {
 public:
    explicit Measure(const JsonLimits& limits) : limits_(limits) {}

    std::optional<JsonError> of(std::string_view text) {
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

// Builds the value from the parser's events, and stops it at a limit. The members of what is open wait on a
// stack until their number is known: to grow an ordered object costs a copy of each of its names.
template <class Json>
class Builder : public nlohmann::json_sax<Json> {
 public:
    Builder(const JsonLimits& limits, std::string_view without) : limits_(limits), without_(without) {}

    Json take() { return std::move(values_.back()); }
    std::optional<std::size_t> wrong() const { return wrong_; }  // the offset of what is not JSON

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(typename Json::number_integer_t value) override { return add(value); }
    bool number_unsigned(typename Json::number_unsigned_t value) override { return add(value); }
    bool number_float(typename Json::number_float_t value, const std::string&) override { return add(value); }
    bool string(std::string& value) override { return add(std::move(value)); }
    bool binary(typename Json::binary_t&) override { return false; }  // JSON has none

    bool start_object(std::size_t) override { return open(); }
    bool start_array(std::size_t) override { return open(); }

    bool key(std::string& name) override {
        if (++open_.back().names > limits_.names) return false;
        if (skipping_ == 0 && open_.size() == 1 && !without_.empty() && name == without_) {
            skip_next_ = true;
            return true;
        }
        if (skipping_ == 0) keys_.push_back(std::move(name));
        return true;
    }

    bool end_object() override {
        if (!close()) return true;
        typename Json::object_t object;
        if constexpr (requires { object.reserve(1); }) object.reserve(values_.size() - first_value_);
        for (std::size_t i = first_value_; i < values_.size(); ++i)
            set(object, std::move(keys_[first_key_ + i - first_value_]), std::move(values_[i]));
        keys_.resize(first_key_);
        return replace(std::move(object));
    }

    bool end_array() override {
        if (!close()) return true;
        const auto first = values_.begin() + static_cast<std::ptrdiff_t>(first_value_);
        return replace(
            typename Json::array_t(std::make_move_iterator(first), std::make_move_iterator(values_.end())));
    }

    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
        const auto* syntax = dynamic_cast<const nlohmann::detail::parse_error*>(&error);
        wrong_ = syntax && syntax->byte > 0 ? syntax->byte - 1 : 0;  // else a number that no type can hold
        return false;
    }

 private:
    struct Open {
        std::size_t first_value = 0;
        std::size_t first_key = 0;
        std::size_t names = 0;
    };

    bool open() {
        if (open_.size() == limits_.depth) return false;
        if (skip_next_ || skipping_ > 0) ++skipping_;
        skip_next_ = false;
        open_.push_back({values_.size(), keys_.size(), 0});
        return true;
    }

    // False where what ends is left out.
    bool close() {
        first_value_ = open_.back().first_value;
        first_key_ = open_.back().first_key;
        open_.pop_back();
        if (skipping_ == 0) return true;
        --skipping_;
        return false;
    }

    template <class Value>
    bool add(Value&& value) {
        if (skipping_ == 0 && !skip_next_) values_.emplace_back(std::forward<Value>(value));
        skip_next_ = false;
        return true;
    }

    template <class Value>
    bool replace(Value value) {
        values_.resize(first_value_);
        values_.emplace_back(std::move(value));
        return true;
    }

    // Of a name that comes twice the last value counts.
    static void set(typename Json::object_t& object, std::string&& name, Json&& value) {
        if (const auto at = object.find(name); at != object.end())
            at->second = std::move(value);
        else if constexpr (requires { object.emplace_back(std::move(name), std::move(value)); })
            object.emplace_back(std::move(name), std::move(value));
        else
            object.emplace(std::move(name), std::move(value));
    }

    const JsonLimits& limits_;
    std::string_view without_;
    std::vector<Open> open_;
    std::vector<Json> values_;
    std::vector<std::string> keys_;
    std::size_t first_value_ = 0;  // of what was closed last
    std::size_t first_key_ = 0;
    std::size_t skipping_ = 0;  // arrays and objects that are open in what is left out
    bool skip_next_ = false;
    std::optional<std::size_t> wrong_;
};

}  // namespace

template <class Json>
JsonResult<Json> parse_json(std::string_view text, const JsonLimits& limits, std::string_view without) {
    const auto error = [](JsonError found) {
        return JsonResult<Json>{boost::system::in_place_error, std::move(found)};
    };
    if (text.size() > limits.bytes)
        return error({fmt::format("is longer than {} bytes", limits.bytes), limits.bytes});
    Builder<Json> builder(limits, without);
    if (Json::sax_parse(text, &builder)) return {boost::system::in_place_value, builder.take()};
    if (builder.wrong()) return error({"is not JSON", *builder.wrong()});
    return error(Measure(limits).of(text).value());
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
