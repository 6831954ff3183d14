// The reader sits on libyaml's events and not on its nodes: nodes forget whether a scalar was quoted.
#include "base/yaml.hpp"

#include "base/pattern.hpp"
#include "base/read_file.hpp"
#include "base/words.hpp"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <memory>
#include <new>
#include <optional>

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

constexpr auto null_words = std::to_array<std::string_view>({"", "~", "null", "Null", "NULL"});
constexpr auto typed_words = std::to_array<std::string_view>(
    {"y",  "Y",  "n",   "N",   "yes", "Yes",  "YES",  "no",    "No",    "NO", "on",
     "On", "ON", "off", "Off", "OFF", "True", "TRUE", "False", "FALSE", "<<", "="});

bool among(const auto& words, std::string_view text) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

Pattern compiled(std::string_view text) {
    std::string error;
    return Pattern::compile(text, error).value();
}

// Plain scalars that a YAML reader (1.1, or 1.2 with its core schema) would not read as this text. `true`,
// `false` and decimal numbers without ornament mean the same everywhere.
bool typed_elsewhere(const std::string& text) {
    static const Pattern number = compiled(
        "^(?:[-+]?([0-9][0-9_]*)?\\.[0-9_]*([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"
        "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
        "|[-+]?0[0-9_]+|0o[0-7]+|[-+]?0x[0-9a-fA-F_]+|[-+]?0b[01_]+|[-+]?[0-9]+_[0-9_]*"
        "|[-+]?[0-9]+[eE][-+]?[0-9]+)$");
    if (among(typed_words, text)) return true;
    const bool may_be_number = std::string_view("0123456789+-.").find(text[0]) != std::string_view::npos;
    return text != "." && may_be_number && number.search(text);
}

std::string_view text_of(const yaml_char_t* text) { return reinterpret_cast<const char*>(text); }

// Puts the events of one document together, and says what is not of the subset.
class Builder {
 public:
    Builder(SharedText file, int last_line) : file_(std::move(file)), last_line_(last_line) {}

    void take(const yaml_event_t& event) {
        const auto& data = event.data;
        switch (event.type) {
            case YAML_ALIAS_EVENT:
                refuse(event, "a value", fmt::format("an alias (*{})", text_of(data.alias.anchor)));
                return add({Kind::scalar, {}, {}, {}, place(event.start_mark)});
            case YAML_SCALAR_EVENT:
                return take_scalar(event);
            case YAML_SEQUENCE_START_EVENT:
                check(event, data.sequence_start.tag, data.sequence_start.anchor);
                return open(Kind::sequence, event);
            case YAML_MAPPING_START_EVENT:
                check(event, data.mapping_start.tag, data.mapping_start.anchor);
                return open(Kind::map, event);
            case YAML_SEQUENCE_END_EVENT:
            case YAML_MAPPING_END_EVENT:
                return close();
            default:
                return;
        }
    }

    // What is missing at the end of the text is missed in its last line.
    SourcePos place(const yaml_mark_t& mark) const {
        const int line = static_cast<int>(mark.line) + 1;
        if (line > last_line_) return {file_, last_line_, 1};
        return {file_, line, static_cast<int>(mark.column) + 1};
    }

    // Whether the text holds more than is read of it; the last problem says what.
    bool over_limit() const { return over_limit_; }

    std::optional<Value> root;
    Problems problems;

 private:
    struct Open {
        Value value;
        std::optional<Value> key;
    };

    void refuse(const yaml_event_t& event, std::string expected, std::string found) {
        problems.add(place(event.start_mark), std::move(expected), std::move(found));
    }
    void check(const yaml_event_t& event, const yaml_char_t* tag, const yaml_char_t* anchor) {
        if (anchor) refuse(event, "a value", fmt::format("an anchor (&{})", text_of(anchor)));
        if (tag) refuse(event, "a value without a tag", std::string(text_of(tag)));
    }
    void take_scalar(const yaml_event_t& event) {
        const auto& scalar = event.data.scalar;
        check(event, scalar.tag, scalar.anchor);
        std::string text(reinterpret_cast<const char*>(scalar.value), scalar.length);
        const bool plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
        if (plain && among(null_words, text))
            refuse(event, "a value", "nothing");
        else if (plain && typed_elsewhere(text))
            refuse(event, fmt::format("'{}' in quotes, because other YAML readers type it", text),
                   "no quotes");
        add({Kind::scalar, std::move(text), {}, {}, place(event.start_mark)});
    }
    void open(Kind kind, const yaml_event_t& event) {
        open_.push_back({{kind, {}, {}, {}, place(event.start_mark)}, std::nullopt});
        if (open_.size() > limits.depth)
            give_up(place(event.start_mark),
                    fmt::format("at most {} lists and maps inside each other", limits.depth));
    }
    void give_up(SourcePos where, std::string expected) {
        problems.add(std::move(where), std::move(expected), "more");
        over_limit_ = true;
    }
    void close() {
        Value value = std::move(open_.back().value);
        open_.pop_back();
        add(std::move(value));
    }
    void add(Value value) {
        if (++values_ == limits.values + 1)
            give_up(value.where, fmt::format("at most {} values in a file", limits.values));
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
        if (map.value.entries.size() == limits.keys)
            give_up(value.where, fmt::format("at most {} keys in a map", limits.keys));
        if (const Value* first = map.value.find(value.text))
            problems.add(value.where, "each key once",
                         fmt::format("duplicate key '{}', first in line {}", value.text, first->where.line));
        map.key = std::move(value);
    }

    SharedText file_;
    int last_line_;
    std::vector<Open> open_;
    std::size_t values_ = 0;
    bool over_limit_ = false;
};

bool is_text(unsigned char byte) {
    return (byte >= 0x20 && byte < 0x7f) || byte == '\t' || byte == '\n' || byte == '\r';
}

// The length of the character that starts with `first`, and what its second byte may be; 0 for no character
// (RFC 3629 section 4). Control characters are none: YAML wants them escaped, and libyaml stops at some.
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

// How many characters libyaml counts in a text of UTF-8.
std::size_t characters(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char octet) { return (octet & 0xc0) != 0x80; }));
}

// libyaml's parser over one text.
class Parser {
 public:
    /// Lifetime: `text` and `name` outlive the parser.
    Parser(const std::string& text, const std::string& name)
        : text_(text), name_(name), builder_(name, lines(text)) {
        if (!yaml_parser_initialize(&parser_)) throw std::bad_alloc();
        yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                     text.size());
    }
    ~Parser() { yaml_parser_delete(&parser_); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    Result<Value> read() {
        std::optional<Value> first;
        for (yaml_event_type_t type = YAML_NO_EVENT; type != YAML_STREAM_END_EVENT;) {
            yaml_event_t event;
            if (!yaml_parser_parse(&parser_, &event)) return syntax_problem();
            const std::unique_ptr<yaml_event_t, decltype(&yaml_event_delete)> freed(&event,
                                                                                    &yaml_event_delete);
            type = event.type;
            builder_.take(event);
            if (builder_.over_limit()) break;
            if (type != YAML_DOCUMENT_END_EVENT) continue;
            if (first) {
                builder_.problems.add(builder_.root->where, "one document", "a second one");
                break;
            }
            first = std::move(builder_.root);
        }
        if (!builder_.problems.empty()) return std::move(builder_.problems);
        if (!first) return Problem{builder_.place({}), "a YAML document", "an empty file"};
        return std::move(*first);
    }

 private:
    static int lines(const std::string& text) {
        const auto breaks = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
        return std::max(1, breaks + (text.ends_with('\n') ? 0 : 1));
    }

    // What is open at the end of the text is reported where it opens.
    Problems syntax_problem() const {
        if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
        if (parser_.error == YAML_READER_ERROR) return encoding_problem(text_, name_, parser_.problem_offset);
        const std::string_view context = parser_.context ? parser_.context : "";
        const bool at_end = parser_.problem_mark.index >= characters(text_);
        if (at_end && context == "while scanning a quoted scalar")
            return Problem{builder_.place(parser_.context_mark), "a closing quote", "the end of the file"};
        const yaml_mark_t& mark = at_end && parser_.context ? parser_.context_mark : parser_.problem_mark;
        const std::string said = fmt::format("{}{}{}", parser_.problem, context.empty() ? "" : " ", context);
        if (said.starts_with(expected))
            return Problem{builder_.place(mark), said.substr(expected.size()),
                           at_end ? "the end of the file" : "something else"};
        return Problem{builder_.place(mark), "YAML", said.substr(said.starts_with(found) ? found.size() : 0)};
    }

    // How libyaml's messages begin.
    static constexpr std::string_view expected = "did not find expected ";
    static constexpr std::string_view found = "found ";

    const std::string& text_;
    const std::string& name_;
    yaml_parser_t parser_;
    Builder builder_;
};

}  // namespace

Result<Value> parse(const std::string& text, const std::string& name) {
    std::size_t bad = 0;
    if (text.size() > limits.bytes)
        return Problem{
            {name, 0, 0}, fmt::format("at most {} bytes", limits.bytes), std::to_string(text.size())};
    if (!is_utf8(text, bad)) return encoding_problem(text, name, bad);
    return Parser(text, name).read();
}

namespace {

// As the user would write it: relative where the file lies below the current folder.
std::string shown_path(const std::filesystem::path& file) {
    std::error_code error;
    const auto here = std::filesystem::current_path(error);
    if (error) return file.string();
    const auto relative = (here / file).lexically_normal().lexically_relative(here);
    return relative.empty() || *relative.begin() == ".." ? file.string() : relative.string();
}

}  // namespace

Result<Value> load(const std::filesystem::path& file) {
    const std::string name = shown_path(file);
    const auto text = read_file(file, {limits.bytes, name});
    if (!text) return text.error();
    return parse(*text, name);
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& dir, Problems& problems) {
    std::vector<std::filesystem::path> out;
    std::error_code error;
    for (std::filesystem::directory_iterator at(dir, error), end; !error && at != end; at.increment(error))
        if (at->path().extension() == ".yaml") out.push_back(at->path());
    if (error) problems.add(cannot("read the folder " + dir.string(), error.message()));
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
