// A strict subset of YAML: scalars, sequences and maps, every value with its place in the file.
//
// All scalars are text. What two YAML readers could read differently is an error: duplicate keys, anchors,
// aliases, tags, several documents, and plain scalars that YAML 1.1 types (`1.3`, `on`, `no`, a date); those
// must be quoted.
#pragma once

#include "base/problem.hpp"

#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace guise::yaml {

enum class Kind { scalar, sequence, map };
constexpr auto words(Kind) { return std::to_array<std::string_view>({"a scalar", "a list", "a map"}); }

struct Entry;

/// One value of a file, with what is below it.
struct Value {
    Kind kind = Kind::scalar;
    std::string text;            // of a scalar
    std::vector<Value> items;    // of a sequence
    std::vector<Entry> entries;  // of a map, in the order of the file
    SourcePos where;

    /// The value of `key` in a map, or null.
    [[nodiscard]] const Value* find(std::string_view key) const;
    /// What to call this value in a message: `'text'`, `a list`, `a map`.
    [[nodiscard]] std::string describe() const;
};

/// One line of a map. The key is a scalar.
struct Entry {
    Value key;
    Value value;
};

/// What a text may hold at most. Values are written and freed on the stack, level by level, and each key is
/// compared with those before it.
struct Limits {
    std::size_t bytes = 4 << 20;
    std::size_t depth = 100;       // lists and maps inside each other
    std::size_t values = 200'000;  // with the keys
    std::size_t keys = 1000;       // of one map
};
constexpr Limits limits;

/// Reads one document. `name` stands in every place. Errors: what is not of the subset, or over a limit.
[[nodiscard]] Result<Value> parse(const std::string& text, const std::string& name);

/// Reads a file. Errors: as `parse`, and a file that cannot be read.
[[nodiscard]] Result<Value> load(const std::filesystem::path& file);

/// The files `DIR/*.yaml`, sorted by name. A folder that cannot be read is a problem.
[[nodiscard]] std::vector<std::filesystem::path> files_in(const std::filesystem::path& dir,
                                                          Problems& problems);

/// `base` with `patch` laid over it: maps merge key by key, anything else replaces, the scalar `none`
/// removes.
[[nodiscard]] Value merged(Value base, const Value& patch);

/// `value` with each scalar, keys apart, replaced by what `replace` makes of it.
[[nodiscard]] Value mapped(Value value, const std::function<Value(const Value&)>& replace);

/// One text for all values of the same meaning: keys sorted, places left out. Used to compare and to hash.
[[nodiscard]] std::string canonical(const Value& value);

}  // namespace guise::yaml
