#include "clients/file/script.hpp"

#include "clients/file/placeholders.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace guise::clients {
namespace {

const std::vector<yaml::Value>& list(const yaml::Value& value, Problems& problems) {
    if (value.kind != yaml::Kind::sequence) problems.add(value.where, "a list", value.describe());
    return value.items;
}

Pattern pattern(const yaml::Value& value, Problems& problems) {
    std::string error;
    const std::string text = yaml::scalar_text(value, problems);
    if (auto compiled = Pattern::compile(text, error)) return *compiled;
    problems.add(value.where, "a regular expression (ECMAScript, or with Python's named groups)",
                 fmt::format("{} ({})", value.describe(), error));
    return {};
}

Pattern required_pattern(yaml::Fields& fields, std::string_view key, Problems& problems) {
    const yaml::Value* value = fields.required(key);
    return value ? pattern(*value, problems) : Pattern();
}

const std::vector<yaml::Entry>& entries(const yaml::Value& value, Problems& problems) {
    if (value.kind != yaml::Kind::map) problems.add(value.where, "a map", value.describe());
    return value.entries;
}

std::map<Answer, std::string> read_answers(const yaml::Value& value, Problems& problems) {
    std::map<Answer, std::string> out;
    for (const auto& [key, keys] : entries(value, problems)) {
        const auto answer = from_word<Answer>(key.text);
        if (!answer) problems.add(key.where, one_of<Answer>(), key.describe());
        out[answer.value_or(Answer{})] = yaml::scalar_text(keys, problems);
    }
    return out;
}

Prompt read_prompt(const yaml::Value& value, Problems& problems) {
    yaml::Fields fields(value, problems);
    Prompt prompt;
    prompt.kind = fields.choice<PromptKind>("kind");
    if (const yaml::Value* text = fields.maybe("text")) prompt.text = pattern(*text, problems);
    prompt.asks = required_pattern(fields, "asks", problems);
    if (const yaml::Value* shown = fields.maybe("fields"))
        for (const auto& [name, below] : entries(*shown, problems))
            prompt.fields[name.text] = pattern(below, problems);
    if (const yaml::Value* answers = fields.required("answers"))
        prompt.answers = read_answers(*answers, problems);
    fields.done();
    return prompt;
}

Say read_one_say(const yaml::Value& value, Problems& problems) {
    yaml::Fields fields(value, problems);
    Say say;
    if (const yaml::Value* after = fields.required("after"))
        if (after->kind != yaml::Kind::scalar || after->text != "handshake")
            say.after = pattern(*after, problems);
    if (const yaml::Value* send = fields.required("send")) {
        say.send = yaml::scalar_text(*send, problems);
        check_placeholders(*send, problems);
    }
    fields.done();
    return say;
}

// Relative, or below {home} or {state}, which stand for a folder each; a glob only at the end.
bool may_be_removed(const std::string& text) {
    const std::filesystem::path path(text);
    if (text.empty() || path.is_absolute() || !path.has_filename() || path.filename() == ".") return false;
    for (const std::filesystem::path& part : path)
        if (part == "..") return false;
    for (const std::string& name : names_in(text))
        if (name == "here" || name == "trust" || name == "url") return false;
    const std::string first = path.begin()->string();
    const bool rooted = first == "{home}" || first == "{state}";
    if (rooted ? std::next(path.begin()) == path.end() : first.find_first_of("{}") != std::string::npos)
        return false;
    return path.parent_path().string().find_first_of("*?") == std::string::npos;
}

// `{file: PATH, line: PATTERN}`.
template <class Lines>
Lines read_lines_of_file(const yaml::Value& value, Problems& problems) {
    yaml::Fields lines(value, problems);
    Lines out;
    out.file = lines.text("file");
    out.line = required_pattern(lines, "line", problems);
    lines.done();
    if (const yaml::Value* file = value.find("file")) check_placeholders(*file, problems);
    return out;
}

}  // namespace

std::vector<Prompt> read_prompts(yaml::Fields& fields, Problems& problems) {
    std::vector<Prompt> out;
    if (const yaml::Value* prompts = fields.maybe("prompts"))
        for (const yaml::Value& item : list(*prompts, problems)) out.push_back(read_prompt(item, problems));
    return out;
}

std::vector<Say> read_say(yaml::Fields& fields, Problems& problems) {
    std::vector<Say> out;
    if (const yaml::Value* say = fields.maybe("say"))
        for (const yaml::Value& item : list(*say, problems)) out.push_back(read_one_say(item, problems));
    return out;
}

std::optional<PinsFile> read_pins_file(yaml::Fields& fields, Problems& problems) {
    const yaml::Value* value = fields.maybe("pins");
    return value ? std::optional(read_lines_of_file<PinsFile>(*value, problems)) : std::nullopt;
}

std::optional<EventsLog> read_events_log(yaml::Fields& fields, Problems& problems) {
    const yaml::Value* value = fields.maybe("events");
    if (!value) return std::nullopt;
    auto out = read_lines_of_file<EventsLog>(*value, problems);
    for (const std::string& name : out.line.names())
        if (name != "name" && name != "server" && name != "faults")
            problems.add(value->where, "groups `name`, `server` and `faults`", fmt::format("'{}'", name));
    return out;
}

std::vector<std::string> read_forget(yaml::Fields& fields, Problems& problems) {
    const yaml::Value* value = fields.maybe("forget");
    if (!value) return {};
    yaml::Fields forget(*value, problems);
    std::vector<std::string> out = forget.required_texts("remove");
    forget.done();
    const yaml::Value* remove = value->find("remove");
    if (!remove) return out;
    check_placeholders(*remove, problems);
    for (const yaml::Value* item : yaml::Fields::each(*remove))
        if (item->kind == yaml::Kind::scalar && !may_be_removed(item->text))
            problems.add(item->where,
                         "the path of a file below the client's home or {state}, with * and ? in its last "
                         "part only",
                         item->describe());
    return out;
}

}  // namespace guise::clients
