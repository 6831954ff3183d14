// Reads the entries of one map of a strict file. The caller asks for each key once; any other key is an
// error.
//
// A reader goes on after a problem, so that one load reports all of them:
//
//     yaml::Fields fields(value, problems);
//     scenario.title = fields.text("title");
//     scenario.severity = fields.choice<Severity>("severity");
//     fields.done();
//
// After a problem the functions return an empty value; the caller looks at `problems` before it uses the
// result.
#pragma once

#include "base/words.hpp"
#include "base/yaml.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace guise::yaml {

/// Lifetime: keeps references to the value and to `problems`.
class Fields final {
 public:
    /// `value` must be a map, or that is the first problem.
    Fields(const Value& value, Problems& problems);

    /// The value of a key that may be absent.
    const Value* maybe(std::string_view key);
    /// The value of a key that must be there; null after the problem.
    const Value* required(std::string_view key);

    std::string text(std::string_view key);
    std::optional<std::string> maybe_text(std::string_view key);
    /// `X` or `[X, …]`; empty where the key is absent.
    std::vector<std::string> texts(std::string_view key);
    std::vector<std::string> required_texts(std::string_view key);
    /// A map of scalars; empty where the key is absent.
    std::map<std::string, std::string> text_map(std::string_view key);
    bool flag(std::string_view key, bool absent);
    std::optional<int> maybe_number(std::string_view key);

    template <Word E>
    E choice(std::string_view key) {
        const Value* value = required(key);
        return value ? choice_of<E>(*value).value_or(E{}) : E{};
    }
    template <Word E>
    std::optional<E> maybe_choice(std::string_view key) {
        const Value* value = maybe(key);
        return value ? choice_of<E>(*value) : std::nullopt;
    }
    template <Word E>
    std::set<E> choices(std::string_view key) {
        std::set<E> out;
        if (const Value* value = maybe(key))
            for (const Value* item : each(*value))
                if (const auto choice = choice_of<E>(*item)) out.insert(*choice);
        return out;
    }

    /// A key of the format that this version cannot carry out: an error that says so, where it is present.
    void not_supported_yet(std::string_view key);
    /// Reports every key that was not asked for.
    void done();

    /// The items of a list, or the value itself: `X | [X]`.
    static std::vector<const Value*> each(const Value& value);

 private:
    template <Word E>
    std::optional<E> choice_of(const Value& value) {
        const auto found = value.kind == Kind::scalar ? from_word<E>(value.text) : std::nullopt;
        if (!found) problems_.add(value.where, one_of<E>(), value.describe());
        return found;
    }

    const Value& value_;
    Problems& problems_;
    std::set<std::string, std::less<>> asked_;
};

/// A scalar's text; a problem for any other value.
std::string scalar_text(const Value& value, Problems& problems);

/// A span of time relative to now: `-1d`, `+30d`, `12h`, `5s`. Nothing for any other text.
[[nodiscard]] std::optional<std::chrono::seconds> parse_span(std::string_view text);

/// A scalar's span of time; a problem for any other value.
std::chrono::seconds scalar_span(const Value& value, Problems& problems);

}  // namespace guise::yaml
