// JSON, packed: what stands in it many times is written once.
//
// The records of a run repeat themselves: the names of fields, sentences, lists of cipher suites, checks. A
// packer puts every text, every list of plain values and every object of plain values into one table, and
// writes the number of its place instead. It is lossless; `page/unpack.js` is its other half.
//
//   n >= 0             that number
//   -1, -2 …           the values 0, 1 … of the table
//   true, false, null  themselves
//   [0, …]             a list
//   [1, …], [2, …]     an object, by its shape: its values in the order of the names
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace guise::report {

/// Packs many values into one table. Objects with a time in them (`at_us`, `at_ms`) stay out of it: no two
/// are alike.
class Packer final {
 public:
    /// A value in its packed form. Texts that are no UTF-8 have what is wrong in them replaced.
    [[nodiscard]] std::string pack(const nlohmann::ordered_json& value);

    /// The bytes that the table and the shapes take so far.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// The names of each shape, from the first on, as JSON.
    [[nodiscard]] std::string shapes() const;
    /// The table, as JSON.
    [[nodiscard]] std::string table() const;

 private:
    std::string pack_list(const nlohmann::ordered_json& list);
    std::string pack_object(const nlohmann::ordered_json& object);
    std::string reference(std::string text);

    std::unordered_map<std::string, std::size_t> places_;  // of the values in the table
    std::vector<const std::string*> values_;               // in the order of their places
    std::map<std::string, std::size_t> shapes_;
    std::vector<std::string> names_;
    std::size_t size_ = 0;
};

}  // namespace guise::report
