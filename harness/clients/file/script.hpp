// What a client file says of the client's screen and memory: how its questions are recognised and answered,
// what is typed into it, where it keeps its pins and how it is made to forget them.
#pragma once

#include "base/fields.hpp"
#include "base/pattern.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guise::clients {

/// What the client's question is.
enum class PromptKind {
    ask,  // a plain question
    warn  // one that needs explicit trust
};
constexpr auto words(PromptKind) { return std::to_array<std::string_view>({"ask", "warn"}); }

/// How the client's prompts are read.
enum class Screen {
    pipe,     // a pipe is enough
    pty,      // it wants a terminal
    rendered  // it paints one, and the text has to be rendered before it can be matched
};
constexpr auto words(Screen) { return std::to_array<std::string_view>({"pipe", "pty", "rendered"}); }

/// What the user can answer; to `ignore` a question needs no keys.
enum class Answer { connect, once, decline };
constexpr auto words(Answer) { return std::to_array<std::string_view>({"connect", "once", "decline"}); }

/// One question of the client's.
struct Prompt {
    PromptKind kind = PromptKind::ask;
    std::optional<Pattern> text;            // what it is about
    Pattern asks;                           // its end, where the client waits
    std::map<std::string, Pattern> fields;  // what it shows: by the named groups, else by the field's name
    std::map<Answer, std::string> answers;  // the keys of each choice that it offers
};

/// Something to type.
struct Say {
    std::optional<Pattern> after;  // nothing: the handshake
    std::string send;              // with placeholders
};

/// Where the client keeps its pins.
struct PinsFile {
    std::string file;  // below its home, or with placeholders
    Pattern line;      // of one pin, with the group `public_key` (base64) or `sha256` (hex)
};

/// The log in which the client, or the system behind it, tells of its events.
struct EventsLog {
    std::string file;  // below its home, or with placeholders
    Pattern line;      // of one event, with any of the groups `name`, `server` and `faults`
};

/// Reads `prompts`.
[[nodiscard]] std::vector<Prompt> read_prompts(yaml::Fields& fields, Problems& problems);
/// Reads `say`.
[[nodiscard]] std::vector<Say> read_say(yaml::Fields& fields, Problems& problems);
/// Reads `pins`.
[[nodiscard]] std::optional<PinsFile> read_pins_file(yaml::Fields& fields, Problems& problems);
/// Reads `events`.
[[nodiscard]] std::optional<EventsLog> read_events_log(yaml::Fields& fields, Problems& problems);
/// Reads `forget`: the files to remove, `*` and `?` in the last part of the path. Errors: a path that does
/// not lie below the client's home or state.
[[nodiscard]] std::vector<std::string> read_forget(yaml::Fields& fields, Problems& problems);

}  // namespace guise::clients
