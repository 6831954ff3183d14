#include "report/pack.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::report::pack_test {

using nlohmann::ordered_json;

namespace {

// What page/unpack.js does.
struct Unpacker {
    ordered_json shapes, table;

    explicit Unpacker(const Packer& packer)
        : shapes(ordered_json::parse(packer.shapes())), table(ordered_json::parse(packer.table())) {}

    ordered_json unpack(const ordered_json& packed) const {
        if (packed.is_number_integer() && packed.get<int>() < 0) {
            const ordered_json& found = table.at(static_cast<std::size_t>(-packed.get<int>() - 1));
            return found.is_array() ? unpack(found) : found;
        }
        if (!packed.is_array()) return packed;
        const bool list = packed[0] == 0;
        ordered_json out = list ? ordered_json::array() : ordered_json::object();
        for (std::size_t i = 1; i < packed.size(); ++i) {
            if (list)
                out.push_back(unpack(packed[i]));
            else
                out[shapes.at(packed[0].get<std::size_t>() - 1).at(i - 1).get<std::string>()] =
                    unpack(packed[i]);
        }
        return out;
    }
};

ordered_json there_and_back(const ordered_json& value) {
    Packer packer;
    const std::string packed = packer.pack(value);
    return Unpacker(packer).unpack(ordered_json::parse(packed));
}

}  // namespace

TEST_CASE("whatever is packed is unpacked to the same", "[pack]") {
    for (const char* text :
         {"0", "17", "-17", "1.5", "true", "null", "\"\"", "\"a \\\"b\\\" [c] {d}\"", "[]", "{}", "[[]]",
          R"([1,-1,"x",[2,"x"],{"a":{"b":[]},"c":null}])", R"({"at_us":3,"what":"Finished"})",
          R"([{"a":1,"b":2},{"a":1,"b":2},{"b":2,"a":1}])"}) {
        INFO(text);
        CHECK(there_and_back(ordered_json::parse(text)).dump() == ordered_json::parse(text).dump());
    }
}

TEST_CASE("a text, a list and an object of plain values are written once", "[pack]") {
    Packer packer;
    CHECK(packer.pack("long text") == "-1");
    CHECK(packer.pack("long text") == "-1");
    const ordered_json check{{"check", "decision"}, {"clause", {"TC-01"}}};
    const std::string first = packer.pack(check);
    const std::size_t size = packer.size();
    CHECK(packer.pack(check) == first);
    CHECK(packer.size() == size);
    CHECK(first.starts_with("-"));
}

TEST_CASE("an object with a time stays where it is", "[pack]") {
    Packer packer;
    CHECK(packer.pack({{"what", "Finished"}, {"at_us", 12}}) == "[1,-1,12]");
    CHECK(packer.pack({{"name", "x"}, {"at_ms", 12}}) == "[2,-2,12]");
    CHECK(packer.shapes() == R"([["what","at_us"],["name","at_ms"]])");
}

TEST_CASE("a text that is no UTF-8 is packed all the same", "[pack]") {
    Packer packer;
    CHECK(packer.pack(std::string("a\xff")) == "-1");
    CHECK(packer.table() == "[\"a\xef\xbf\xbd\"]");
}

TEST_CASE("a packer of nothing has empty lists", "[pack]") {
    const Packer packer;
    CHECK(packer.shapes() == "[]");
    CHECK(packer.table() == "[]");
    CHECK(packer.size() == 0);
}

}  // namespace guise::report::pack_test
