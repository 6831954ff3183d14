#include "clients/held.hpp"

#include "clients/placeholders.hpp"

namespace guise::clients {
namespace {

// What the script answers; `ignore` needs no keys.
enum class Answer { connect, once, decline };
constexpr auto words(Answer) { return std::to_array<std::string_view>({"connect", "once", "decline"}); }

const std::vector<yaml::Value>& list(const yaml::Value& value, Problems& problems) {
    if (value.kind != yaml::Kind::sequence) problems.add(value.where, "a list", value.describe());
    return value.items;
}

void check_prompt(const yaml::Value& value, Problems& problems) {
    yaml::Fields prompt(value, problems);
    prompt.choice<PromptKind>("kind");
    prompt.maybe_text("text");
    prompt.text("asks");
    prompt.text_map("fields");
    prompt.required("answers");
    prompt.text_map("answers");
    if (const yaml::Value* answers = value.find("answers"))
        for (const auto& [key, keys] : answers->entries)
            if (!from_word<Answer>(key.text)) problems.add(key.where, one_of<Answer>(), key.describe());
    prompt.done();
}

void check_say(const yaml::Value& value, Problems& problems) {
    yaml::Fields say(value, problems);
    say.text("after");
    if (const yaml::Value* send = say.required("send")) {
        scalar_text(*send, problems);
        check_placeholders(*send, problems);
    }
    say.done();
}

void check_pins(const yaml::Value& value, Problems& problems) {
    yaml::Fields pins(value, problems);
    pins.text("file");
    pins.text("line");
    pins.done();
    if (const yaml::Value* file = value.find("file")) check_placeholders(*file, problems);
}

void check_forget(const yaml::Value& value, Problems& problems) {
    yaml::Fields forget(value, problems);
    forget.required_texts("remove");
    forget.done();
    if (const yaml::Value* remove = value.find("remove")) check_placeholders(*remove, problems);
}

void check_dialogue(yaml::Fields& fields, Problems& problems) {
    fields.maybe_choice<Screen>("screen");
    if (const yaml::Value* prompts = fields.maybe("prompts"))
        for (const yaml::Value& item : list(*prompts, problems)) check_prompt(item, problems);
    if (const yaml::Value* say = fields.maybe("say"))
        for (const yaml::Value& item : list(*say, problems)) check_say(item, problems);
}

}  // namespace

void check_held(yaml::Fields& fields, Driver driver, Problems& problems) {
    if (driver == Driver::exec) {
        for (const char* key : {"screen", "prompts", "say"}) fields.not_supported_yet(key);
    } else {
        check_dialogue(fields, problems);
    }
    if (const yaml::Value* pins = fields.maybe("pins")) check_pins(*pins, problems);
    if (const yaml::Value* forget = fields.maybe("forget")) check_forget(*forget, problems);
}

}  // namespace guise::clients
