// The reader sits on yaml-cpp's event interface and not on its nodes: nodes keep the first of two equal keys
// without a word, and forget whether a scalar was quoted.
#include "base/yaml.hpp"

#include "base/words.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <sstream>

namespace guise::yaml {

const Value* Value::find(std::string_view key) const {
    for (const auto& [name, value] : entries)
        if (name.text == key) return &value;
    return nullptr;
}

std::string Value::describe() const {
    return kind == Kind::scalar ? fmt::format("'{}'", text) : std::string(word(kind));
}

namespace {

// A look that spares most scalars the pattern: typed words are short, and all else begins with a digit or a
// sign.
bool may_be_typed(const std::string& text) {
    constexpr std::size_t longest_word = 5;  // False
    if (text.empty()) return false;
    if (std::isalpha(static_cast<unsigned char>(text[0]))) return text.size() <= longest_word;
    return std::string_view("0123456789+-.~<=").find(text[0]) != std::string_view::npos;
}

// Plain scalars that a YAML reader (1.1, or 1.2 with its core schema) would not read as this text. `true`,
// `false` and decimal numbers without ornament mean the same everywhere.
bool typed_elsewhere(const std::string& text) {
    static const std::regex typed(
        "~|null|Null|NULL|y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|True|TRUE|False|FALSE"
        "|[-+]?([0-9][0-9_]*)?\\.[0-9_]*([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"
        "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
        "|<<|=|[-+]?0[0-9_]+|0o[0-7]+|[-+]?0x[0-9a-fA-F_]+|[-+]?0b[01_]+|[-+]?[0-9]+_[0-9_]*"
        "|[-+]?[0-9]+[eE][-+]?[0-9]+");
    return text != "." && may_be_typed(text) && std::regex_match(text, typed);
}

// Follows the text as a comment. yaml-cpp takes the end of the file for a missing closing quote without a
// word; then the comment is part of the scalar. The control character cannot stand in a file.
constexpr std::string_view end_of_text = "# \x01 end";

class Builder final : public YAML::EventHandler {
 public:
    explicit Builder(SharedText file) : file_(std::move(file)) {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
        refuse(mark, "a value", "nothing");
        add({Kind::scalar, {}, {}, {}, place(mark)});  // keeps keys and values apart for what follows
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        refuse(mark, "a value", "an alias (*name)");
        add({Kind::scalar, {}, {}, {}, place(mark)});
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& text) override {
        check(mark, tag, anchor);
        if (text.find(end_of_text) != std::string::npos)
            refuse(mark, "a closing quote", "the end of the file");
        if (tag == "?" && typed_elsewhere(text))
            refuse(mark, fmt::format("'{}' in quotes, because other YAML readers type it", text),
                   "no quotes");
        add({Kind::scalar, text, {}, {}, place(mark)});
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        check(mark, tag, anchor);
        open_.push_back({{Kind::sequence, {}, {}, {}, place(mark)}, std::nullopt});
    }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        check(mark, tag, anchor);
        open_.push_back({{Kind::map, {}, {}, {}, place(mark)}, std::nullopt});
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

    std::optional<Value> root;
    Problems problems;

 private:
    struct Open {
        Value value;
        std::optional<Value> key;
    };

    SourcePos place(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }
    void refuse(const YAML::Mark& mark, std::string expected, std::string found) {
        problems.add(place(mark), std::move(expected), std::move(found));
    }
    void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (anchor != 0) refuse(mark, "a value", "an anchor (&name)");
        if (!tag.empty() && tag != "?" && tag != "!") refuse(mark, "a value without a tag", tag);
    }
    void close() {
        Value value = std::move(open_.back().value);
        open_.pop_back();
        add(std::move(value));
    }
    void add(Value value) {
        if (open_.empty()) {
            root = std::move(value);
        } else if (open_.back().value.kind == Kind::sequence) {
            open_.back().value.items.push_back(std::move(value));
        } else {
            add_to_map(open_.back(), std::move(value));
        }
    }
    void add_to_map(Open& map, Value value) {
        if (map.key) {
            map.value.entries.push_back({std::move(*map.key), std::move(value)});
            map.key.reset();
            return;
        }
        if (value.kind != Kind::scalar) problems.add(value.where, "a key", value.describe());
        if (const Value* first = map.value.find(value.text))
            problems.add(value.where, "each key once",
                         fmt::format("duplicate key '{}', first in line {}", value.text, first->where.line));
        map.key = std::move(value);
    }

    SharedText file_;
    std::vector<Open> open_;
};

// yaml-cpp knows no place, or one behind the text, for what is missing at the end of a file; there it is the
// last line.
SourcePos within(const std::string& text, SourcePos where) {
    const auto breaks = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
    const int last = std::max(1, breaks + (text.ends_with('\n') ? 0 : 1));
    if (where.line >= 1 && where.line <= last) return where;
    return {std::move(where.file), last, 1};
}

SourcePos place_of(const YAML::ParserException& error, const std::string& text, const std::string& name) {
    if (error.mark.is_null()) return within(text, {name, 0, 0});
    return within(text, {name, error.mark.line + 1, error.mark.column + 1});
}

bool is_text(unsigned char byte) {
    return (byte >= 0x20 && byte < 0x7f) || byte == '\t' || byte == '\n' || byte == '\r';
}

// The length of the character that starts with `first`, and what its second octet may be; 0 for no character
// (RFC 3629 section 4). Control characters are none: YAML wants them escaped, and yaml-cpp stops at some.
std::size_t character(unsigned char first, unsigned char second) {
    const auto between = [second](int low, int high) { return second >= low && second <= high; };
    if (first < 0x80) return is_text(first) ? 1 : 0;
    if (first >= 0xc2 && first <= 0xdf) return between(0x80, 0xbf) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef)
        return between(first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) ? 3 : 0;
    if (first >= 0xf0 && first <= 0xf4)
        return between(first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) ? 4 : 0;
    return 0;
}

bool is_utf8(const std::string& text, std::size_t& bad) {
    const auto octet = [&text](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
    };
    for (bad = 0; bad < text.size();) {
        const std::size_t length = character(octet(bad), octet(bad + 1));
        if (length == 0) return false;
        for (std::size_t k = 2; k < length; ++k)
            if ((octet(bad + k) & 0xc0) != 0x80) return false;
        bad += length;
    }
    return true;
}

Problems encoding_problem(const std::string& text, const std::string& name, std::size_t bad) {
    const auto start = text.begin();
    const auto at = start + static_cast<std::ptrdiff_t>(bad);
    const auto line = std::count(start, at, '\n') + 1;
    const auto begin = std::find(std::make_reverse_iterator(at), text.rend(), '\n').base();
    return Problem{{name, static_cast<int>(line), static_cast<int>(at - begin) + 1},
                   "UTF-8 text without control characters",
                   fmt::format("the octet 0x{:02x}", static_cast<unsigned char>(text[bad]))};
}

// The text with empty lines in place of the comments that it begins with, so that every place stays what it
// is. yaml-cpp is slow with comments, and half of a scenario is the essay above it.
std::string without_opening_comments(const std::string& text) {
    std::string out;
    std::size_t at = 0;
    for (; at < text.size() && text[at] == '#'; out += '\n')
        at = std::min(text.find('\n', at), text.size() - 1) + 1;
    return out.append(text, at);
}

}  // namespace

Result<Value> parse(const std::string& text, const std::string& name) {
    std::size_t bad = 0;
    if (!is_utf8(text, bad)) return encoding_problem(text, name, bad);
    std::istringstream stream(fmt::format("{}{}{}\n", without_opening_comments(text),
                                          text.ends_with('\n') ? "" : "\n", end_of_text));
    Builder builder(name);
    try {
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(builder))
            return Problem{{name, 1, 1}, "a YAML document", "an empty file"};
        std::optional<Value> root = std::move(builder.root);
        if (parser.HandleNextDocument(builder))
            builder.problems.add(builder.root->where, "one document", "a second one");
        builder.root = std::move(root);
    } catch (const YAML::ParserException& error) {
        return Problem{place_of(error, text, name), "YAML", error.msg};
    }
    for (Problem& problem : builder.problems.list) problem.where = within(text, std::move(problem.where));
    if (!builder.problems.empty()) return std::move(builder.problems);
    if (!builder.root) return Problem{{name, 1, 1}, "a value", "nothing"};
    return std::move(*builder.root);
}

namespace {

// As the user would write it: relative where the file lies below the current folder.
std::string shown_path(const std::filesystem::path& file) {
    std::error_code error;
    const auto relative = std::filesystem::proximate(file, error);
    return error || relative.empty() || *relative.begin() == ".." ? file.string() : relative.string();
}

}  // namespace

Result<Value> load(const std::filesystem::path& file) {
    const std::string name = shown_path(file);
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file))
        return Problem{{name, 0, 0}, "a readable file", "none"};
    return parse({std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()}, name);
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& dir, Problems& problems) {
    std::vector<std::filesystem::path> out;
    std::error_code error;
    for (std::filesystem::directory_iterator at(dir, error), end; !error && at != end; at.increment(error))
        if (at->path().extension() == ".yaml") out.push_back(at->path());
    if (error) problems.add({dir.string(), 0, 0}, "a readable folder", error.message());
    std::sort(out.begin(), out.end());
    return out;
}

Value merged(Value base, const Value& patch) {
    if (base.kind != Kind::map || patch.kind != Kind::map) return patch;
    for (const auto& [key, value] : patch.entries) {
        const auto same = [&](const auto& entry) { return entry.key.text == key.text; };
        const auto at = std::find_if(base.entries.begin(), base.entries.end(), same);
        if (value.kind == Kind::scalar && value.text == "none") {
            if (at != base.entries.end()) base.entries.erase(at);
        } else if (at != base.entries.end()) {
            at->value = merged(std::move(at->value), value);
        } else {
            base.entries.push_back({key, value});
        }
    }
    return base;
}

Value mapped(Value value, const std::function<Value(const Value&)>& replace) {
    if (value.kind == Kind::scalar) return replace(value);
    for (Value& item : value.items) item = mapped(std::move(item), replace);
    for (auto& [key, below] : value.entries) below = mapped(std::move(below), replace);
    return value;
}

std::string canonical(const Value& value) {
    if (value.kind == Kind::scalar) return fmt::format("{}:{}", value.text.size(), value.text);
    std::string out = value.kind == Kind::map ? "{" : "[";
    for (const Value& item : value.items) out += canonical(item) + ",";
    std::vector<std::string> lines;
    for (const auto& [key, below] : value.entries)
        lines.push_back(canonical(key) + "=" + canonical(below) + ",");
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) out += line;
    return out + (value.kind == Kind::map ? "}" : "]");
}

}  // namespace guise::yaml
