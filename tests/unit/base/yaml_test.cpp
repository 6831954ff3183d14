#include "base/yaml.hpp"

#include "base/bytes.hpp"
#include "base/reading.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace guise::yaml::yaml_test {
namespace {

using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;
using namespace std::string_literals;

TEST_CASE("scalars, lists and maps are read in the order of the file", "[base][yaml]") {
    const Value value = value_of("b: text\na: [x, {k: v}]\n");
    REQUIRE(value.kind == Kind::map);
    REQUIRE(value.entries.size() == 2);
    CHECK(value.entries[0].key.text == "b");
    CHECK(value.entries[0].value.text == "text");

    const Value* list = value.find("a");
    REQUIRE(list != nullptr);
    REQUIRE(list->kind == Kind::sequence);
    REQUIRE(list->items.size() == 2);
    CHECK(list->items[0].text == "x");
    CHECK(list->items[1].find("k")->text == "v");
}

TEST_CASE("every value knows its line and column", "[base][yaml]") {
    const Value value = value_of("a: b\nc:\n  - d\n  - {e: f}\n");
    CHECK(value.where == SourcePos{"test.yaml", 1, 1});
    CHECK(value.find("a")->where == SourcePos{"test.yaml", 1, 4});
    const Value& map = value.find("c")->items[1];
    CHECK(map.where == SourcePos{"test.yaml", 4, 5});
    CHECK(map.entries[0].key.where == SourcePos{"test.yaml", 4, 6});
}

TEST_CASE("a key that is not there is null, and so is any key of what is no map", "[base][yaml]") {
    CHECK(value_of("a: b").find("c") == nullptr);
    CHECK(value_of("[a]").find("a") == nullptr);
    CHECK(value_of("a").find("a") == nullptr);
}

TEST_CASE("a message calls a scalar by its text and the rest by its kind", "[base][yaml]") {
    CHECK(value_of("abc").describe() == "'abc'");
    CHECK(value_of("[a]").describe() == "a list");
    CHECK(value_of("{a: b}").describe() == "a map");
}

TEST_CASE("a duplicate key is refused at its second place, at any depth", "[base][yaml]") {
    CHECK(problems_of("a: 1\nb: 2\na: 3\n") ==
          "test.yaml:3:1: expected each key once, found duplicate key 'a', first in line 1\n");
    CHECK_THAT(problems_of("x:\n  - {b: 1, b: 2}\n"), StartsWith("test.yaml:2:12: expected each key once"));
}

TEST_CASE("quotes do not make a key another one", "[base][yaml]") {
    CHECK_THAT(problems_of("a: 1\n\"a\": 2\n"), Contains("duplicate key 'a'"));
}

TEST_CASE("the same key in two maps is no duplicate", "[base][yaml]") {
    CHECK(problems_of("x: {a: 1}\nz: {a: 1}\n").empty());
}

TEST_CASE("anchors and aliases are refused", "[base][yaml]") {
    CHECK(problems_of("a: &name b\nc: *name\n") ==
          "test.yaml:1:4: expected a value, found an anchor (&name)\n"
          "test.yaml:2:4: expected a value, found an alias (*name)\n");
    CHECK_THAT(problems_of("a: &name {b: c}\n"), Contains("an anchor"));
    CHECK_THAT(problems_of("a: &name [b]\n"), Contains("an anchor"));
}

TEST_CASE("an alias to nothing has a place", "[base][yaml]") {
    CHECK_THAT(problems_of("a: b\nc: *nobody\n"),
               StartsWith("test.yaml:2:4: expected a value, found an alias"));
}

TEST_CASE("tags are refused on every kind of value", "[base][yaml]") {
    const auto* text = GENERATE("a: !!str b", "a: !own b", "a: !!map {b: c}", "a: !!seq [b]", "a: !<x:y> b");
    CAPTURE(text);
    CHECK_THAT(problems_of(text), StartsWith("test.yaml:1:4: expected a value without a tag, found "));
}

TEST_CASE("a second document is refused where it starts", "[base][yaml]") {
    CHECK(problems_of("a: b\n---\nc: d\n") == "test.yaml:3:1: expected one document, found a second one\n");
    CHECK_THAT(problems_of("a: b\n...\nc: d\n"), StartsWith("test.yaml:3:1: expected <document start>"));
    CHECK_THAT(problems_of("a: b\n---\n"), Contains("test.yaml:2:1: expected one document"));
}

TEST_CASE("the marks of one document are accepted", "[base][yaml]") {
    CHECK(canonical(value_of("---\na: b\n...\n")) == canonical(value_of("a: b")));
}

TEST_CASE("a plain scalar that YAML 1.1 types is refused, and accepted in quotes", "[base][yaml]") {
    const std::string text =
        GENERATE(as<std::string>(), "1.3", "1.", ".5", "-1.5e+3", ".inf", "-.Inf", ".nan", "on", "On", "OFF",
                 "yes", "no", "No", "y", "N", "True", "FALSE", "2024-01-31", "2024-01-31T10:00:00Z", "12:30",
                 "1:2:3", "=", "<<", "010", "0x1f", "0b101", "1_000");
    CAPTURE(text);
    const std::string expected = "test.yaml:1:4: expected '" + text + "' in quotes";
    CHECK_THAT(problems_of("a: " + text + "\n"), StartsWith(expected));
    CHECK(value_of("a: \"" + text + "\"\n").find("a")->text == text);
    CHECK(value_of("a: '" + text + "'\n").find("a")->text == text);
}

TEST_CASE("a plain scalar that YAML 1.2 alone types is refused too", "[base][yaml]") {
    const std::string text = GENERATE(as<std::string>(), "1e3", "-2E+5", "0o17");
    CAPTURE(text);
    CHECK_THAT(problems_of("[" + text + "]"), Contains("in quotes"));
    CHECK(value_of("['" + text + "']").items[0].text == text);
}

TEST_CASE("a plain scalar that every reader takes for this text needs no quotes", "[base][yaml]") {
    const std::string text = GENERATE(as<std::string>(), "true", "false", "0", "7", "443", "-1", "-1d",
                                      "+30d", "12h", "1.3.6.1", ".", "none", "once", "x.509", "1e", "a=b",
                                      "https://x.test:8443/y", "192.0.2.1", "{name}", "$axis");
    CAPTURE(text);
    const bool flow = text.front() == '{';
    CHECK(value_of(flow ? "a: '" + text + "'" : "a: " + text).find("a")->text == text);
}

TEST_CASE("keys are held to the same rule as values", "[base][yaml]") {
    CHECK_THAT(problems_of("on: x\n"), StartsWith("test.yaml:1:1: expected 'on' in quotes"));
    CHECK(value_of("'on': x\n").find("on")->text == "x");
}

TEST_CASE("a value that is missing, null or a tilde is refused", "[base][yaml]") {
    const auto* text = GENERATE("a:\nb: c\n", "a: ~\nb: c\n", "a: null\nb: c\n", "{a: , b: c}");
    CAPTURE(text);
    CHECK_THAT(problems_of(text), Contains("expected a value, found nothing"));
}

TEST_CASE("an empty text in quotes is a value", "[base][yaml]") {
    CHECK(value_of("a: ''\n").find("a")->text.empty());
    CHECK(value_of("a: 'null'\n").find("a")->text == "null");
}

TEST_CASE("a missing value is one problem, and what follows is read as it stands", "[base][yaml]") {
    CHECK(problems_of("a:\nb: {c: d}\ne: f\n") == "test.yaml:1:3: expected a value, found nothing\n");
    CHECK(problems_of("b: *x\n").find('\n') == problems_of("b: *x\n").size() - 1);
}

TEST_CASE("a value that is missing at the end of the file is missed behind its key", "[base][yaml]") {
    CHECK_THAT(problems_of("a: b\nc:\n"), StartsWith("test.yaml:2:3: expected a value, found nothing"));
    CHECK_THAT(problems_of("a: b\nc:"), StartsWith("test.yaml:2:3: "));
}

TEST_CASE("a key must be a scalar", "[base][yaml]") {
    CHECK_THAT(problems_of("? [a]\n: b\n"), StartsWith("test.yaml:1:3: expected a key, found a list"));
    CHECK_THAT(problems_of("{{a: b}: c}\n"), Contains("expected a key, found a map"));
}

TEST_CASE("an unclosed list or map is reported where it opens", "[base][yaml]") {
    CHECK(problems_of("a: 1\nb: [1, 2\n") ==
          "test.yaml:2:4: expected ',' or ']' while parsing a flow sequence, found the end of the file\n");
    CHECK_THAT(problems_of("a: 1\nb: {c: d\n"), StartsWith("test.yaml:2:4: expected ',' or '}'"));
    CHECK_THAT(problems_of("a: [1, 2"), StartsWith("test.yaml:1:4: "));
    CHECK_THAT(problems_of("a: [1\nb: 2\nc: 3\n"), Contains("expected"));
}

TEST_CASE("an unclosed quote is reported where it opens", "[base][yaml]") {
    CHECK(problems_of("a: 1\nb: \"abc\nc: d\n") ==
          "test.yaml:2:4: expected a closing quote, found the end of the file\n");
    CHECK(problems_of("a: 1\nb: 'abc") ==
          "test.yaml:2:4: expected a closing quote, found the end of the file\n");
    CHECK_THAT(problems_of("a: \"abc\\"), Contains("test.yaml:1:"));
}

TEST_CASE("a text that ends in a block scalar or a comment is complete", "[base][yaml]") {
    CHECK(value_of("a: |\n  x\n  y\n").find("a")->text == "x\ny\n");
    CHECK(value_of("a: |-\n  x").find("a")->text == "x");
    CHECK(value_of("a: >\n  x\n  y\n").find("a")->text == "x y\n");
    CHECK(value_of("a: b # why").find("a")->text == "b");
}

TEST_CASE("broken syntax has a line and a column", "[base][yaml]") {
    CHECK_THAT(problems_of("a: b\nc: d: e\n"), StartsWith("test.yaml:2:5: expected YAML, found "));
    CHECK_THAT(problems_of("a: b\n  c: d\n"), StartsWith("test.yaml:2:4: expected YAML, found "));
    CHECK_THAT(problems_of("a: [b]\n]\n"), StartsWith("test.yaml:2:1: expected "));
    CHECK_THAT(problems_of("a:\n\tb: c\n"), StartsWith("test.yaml:2:"));
}

TEST_CASE("nesting without end is an error and not a crash", "[base][yaml]") {
    const std::string deep(100'000, '[');
    CHECK(problems_of(deep) ==
          "test.yaml:1:101: expected at most 100 lists and maps inside each other, found more\n");
    CHECK(problems_of(deep + std::string(100'000, ']')) == problems_of(deep));
}

TEST_CASE("a map has at most so many keys", "[base][yaml]") {
    std::string text;
    for (std::size_t i = 0; i < limits.keys; ++i) text += "k" + std::to_string(i) + ": {}\n";
    CHECK(problems_of(text).empty());
    CHECK(problems_of(text + "more: {}\n") ==
          "test.yaml:1001:1: expected at most 1000 keys in a map, found more\n");
}

TEST_CASE("a file has at most so many values", "[base][yaml]") {
    std::string text = "- a\n";
    for (std::size_t i = 0; i < limits.values - 2; ++i) text += "- b\n";
    CHECK(value_of(text).items.size() == limits.values - 1);  // the list is a value, too
    CHECK(problems_of(text + "- c\n- d\n") ==
          "test.yaml:200001:3: expected at most 200000 values in a file, found more\n");
}

TEST_CASE("a text is at most so long", "[base][yaml]") {
    const std::string text(limits.bytes, 'x');
    CHECK(value_of(text).text == text);
    CHECK(problems_of(text + "x") == "test.yaml: expected at most 4194304 bytes, found 4194305\n");
}

TEST_CASE("a scalar of a million digits is typed, and takes no stack for each", "[base][yaml]") {
    const std::string digits(1'000'000, '1');
    CHECK(value_of("- " + digits).items[0].text == digits);
    CHECK_THAT(problems_of("- 0" + digits), Contains("in quotes"));
    CHECK_THAT(problems_of("- " + digits + ".5"), Contains("in quotes"));
}

TEST_CASE("a file that is no regular one is refused without waiting for it", "[base][yaml]") {
    CHECK(load("/dev/zero").error().text() == "/dev/zero: expected a readable file, found a device\n");
    CHECK_THAT(load("/dev").error().text(), EndsWith("expected a readable file, found a folder\n"));
}

TEST_CASE("an octet that is no UTF-8 has a line and a column", "[base][yaml]") {
    CHECK(problems_of("a: b\nc: \xff\n") ==
          "test.yaml:2:4: expected UTF-8 text without control characters, found the octet 0xff\n");
    CHECK_THAT(problems_of("a: \xc3"), StartsWith("test.yaml:1:4:"));
}

TEST_CASE("every ill-formed sequence of RFC 3629 is refused", "[base][yaml]") {
    const std::string bad =
        GENERATE(as<std::string>(), "\x80", "\xc0\xaf", "\xc1\xbf", "\xc3(", "\xe0\x80\x80", "\xe0\x9f\xbf",
                 "\xe2\x82", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf",
                 "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2(\xa1", "\xf0\x90(\x80", "\xfe\xff");
    CAPTURE(to_hex(as_bytes(bad)));
    CHECK_THAT(problems_of("a: '" + bad + "'\n"), StartsWith("test.yaml:1:5: expected UTF-8 text"));
}

TEST_CASE("characters of two, three and four octets are kept", "[base][yaml]") {
    const std::string good = GENERATE(as<std::string>(), "é", "€", "\xe0\xa0\x80", "\xed\x9f\xbf",
                                      "\xee\x80\x80", "😀", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf");
    CHECK(value_of("a: " + good + "\n").find("a")->text == good);
}

TEST_CASE("a control character is refused outside an escape", "[base][yaml]") {
    const std::string bad = GENERATE("\0"s, "\x01"s, "\x04"s, "\x1b"s, "\x7f"s);
    CHECK_THAT(problems_of("a: b\n" + bad + "c: d\n"), StartsWith("test.yaml:2:1: expected UTF-8 text"));
}

TEST_CASE("escapes in double quotes are kept octet by octet, NUL included", "[base][yaml]") {
    CHECK(value_of(R"(a: "x\0y\x00z\u0000w")").find("a")->text == "x\0y\0z\0w"s);
    CHECK(value_of(R"(a: "\x04\e\n\t\\\"")").find("a")->text == "\x04\x1b\n\t\\\"");
    CHECK(value_of(R"(a: "\u00e9\u20ac")").find("a")->text == "é€");
}

TEST_CASE("single quotes know no escape but their own", "[base][yaml]") {
    CHECK(value_of(R"(a: 'x\0y\n''z')").find("a")->text == R"(x\0y\n'z)");
}

TEST_CASE("a byte order mark and DOS line ends do not become part of a value", "[base][yaml]") {
    CHECK(value_of("\xef\xbb\xbf"
                   "a: b\n")
              .find("a")
              ->text == "b");
    CHECK(value_of("a: b\r\nc: d\r\n").find("a")->text == "b");
}

TEST_CASE("a text without a document is refused", "[base][yaml]") {
    const auto* text = GENERATE("", "\n\n", "# only a comment\n");
    CHECK(problems_of(text) == "test.yaml:1:1: expected a YAML document, found an empty file\n");
    CHECK_THAT(problems_of("---\n"), StartsWith("test.yaml:1:1: expected a value, found nothing"));
}

TEST_CASE("all problems of a text are reported in their order", "[base][yaml]") {
    CHECK(problems_of("a: on\nb: &x c\na: d\n") ==
          "test.yaml:1:4: expected 'on' in quotes, because other YAML readers type it, found no quotes\n"
          "test.yaml:2:4: expected a value, found an anchor (&x)\n"
          "test.yaml:3:1: expected each key once, found duplicate key 'a', first in line 1\n");
}

// A folder of the test's own, gone with it.
struct Folder {
    std::filesystem::path path;

    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "guise-yaml-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
};

TEST_CASE("a file is read under its own name", "[base][yaml]") {
    const Folder folder;
    const auto file = folder.path / "a.yaml";
    std::ofstream(file) << "a: b\n";
    const Result<Value> value = load(file);
    REQUIRE(value.has_value());
    CHECK(value->find("a")->where == SourcePos{file.string(), 1, 4});
}

TEST_CASE("an empty file is refused at its beginning", "[base][yaml]") {
    const Folder folder;
    const auto file = folder.path / "empty.yaml";
    std::ofstream(file).flush();
    const Result<Value> value = load(file);
    REQUIRE_FALSE(value.has_value());
    CHECK(value.error().text() == file.string() + ":1:1: expected a YAML document, found an empty file\n");
}

TEST_CASE("a file that is missing or a folder is refused by name", "[base][yaml]") {
    const Folder folder;
    const auto [name, found] = GENERATE(table<const char*, const char*>(
        {{"missing.yaml", "none"}, {"", "a folder"}, {"missing/below.yaml", "none"}}));
    const auto file = folder.path / name;
    const Result<Value> value = load(file);
    REQUIRE_FALSE(value.has_value());
    CHECK(value.error().text() == file.string() + ": expected a readable file, found " + found + "\n");
}

TEST_CASE("a patch merges maps key by key and replaces anything else", "[base][yaml]") {
    const auto laid_over = [](const std::string& base, const std::string& patch) {
        return canonical(merged(value_of(base), value_of(patch)));
    };
    CHECK(laid_over("a: 1\nb: 2\n", "b: 3\n") == canonical(value_of("{a: 1, b: 3}")));
    CHECK(laid_over("a: {x: 1, w: 2}\n", "a: {w: 3, z: 4}\n") ==
          canonical(value_of("a: {x: 1, w: 3, z: 4}")));
    CHECK(laid_over("a: [1, 2]\n", "a: [3]\n") == canonical(value_of("a: [3]")));
    CHECK(laid_over("a: {x: 1}\n", "a: text\n") == canonical(value_of("a: text")));
    CHECK(laid_over("a: text\n", "a: {x: 1}\n") == canonical(value_of("a: {x: 1}")));
    CHECK(laid_over("text", "[x]") == canonical(value_of("[x]")));
}

TEST_CASE("the word none in a patch removes a key", "[base][yaml]") {
    const Value value = merged(value_of("{a: 1, b: {c: 2, d: 3}}"), value_of("{a: none, b: {c: none}}"));
    CHECK(canonical(value) == canonical(value_of("b: {d: 3}")));
    CHECK(canonical(merged(value_of("a: 1"), value_of("x: none"))) == canonical(value_of("a: 1")));
}

TEST_CASE("what a patch brings keeps the place in the patch", "[base][yaml]") {
    const Value value = merged(value_of("a: 1"), value_of("\n\na: 2\nb: 3\n"));
    CHECK(value.find("a")->where.line == 3);
    CHECK(value.find("b")->where.line == 4);
}

TEST_CASE("mapping replaces scalars at any depth and leaves keys alone", "[base][yaml]") {
    const auto doubled = [](const Value& scalar) {
        Value out = scalar;
        out.text += scalar.text;
        return out;
    };
    const Value value = mapped(value_of("{a: b, c: [d, {e: f}]}"), doubled);
    CHECK(canonical(value) == canonical(value_of("{a: bb, c: [dd, {e: ff}]}")));
}

TEST_CASE("mapping may put a list or a map where a scalar was", "[base][yaml]") {
    const auto listed = [](const Value&) { return value_of("[x, w]"); };
    CHECK(canonical(mapped(value_of("a: $axis"), listed)) == canonical(value_of("a: [x, w]")));
}

TEST_CASE("values of the same meaning have the same canonical text", "[base][yaml]") {
    CHECK(canonical(value_of("b: 1\na: 'x'\n")) == canonical(value_of("{a: x, b: \"1\"}")));
    CHECK(canonical(value_of("{a: {c: 1, b: 2}}")) == canonical(value_of("{a: {b: 2, c: 1}}")));
}

TEST_CASE("values of another meaning have another canonical text", "[base][yaml]") {
    const std::string one = canonical(value_of("a: [x, w]"));
    const auto* other = GENERATE("a: [w, x]", "a: 'x, w'", "a: {x: w}", "a: [[x, w]]", "a: ['x,1:y']",
                                 "b: [x, w]", "a: []", "a: {}", "a: ''");
    CAPTURE(other);
    CHECK(canonical(value_of(other)) != one);
}

TEST_CASE("an empty list, an empty map and an empty text differ", "[base][yaml]") {
    CHECK(canonical(value_of("[]")) != canonical(value_of("{}")));
    CHECK(canonical(value_of("''")) != canonical(value_of("[]")));
    CHECK(canonical(value_of("'[]'")) != canonical(value_of("[]")));
}

}  // namespace
}  // namespace guise::yaml::yaml_test
