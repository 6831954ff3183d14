#include "clients/terminal/dialogue.hpp"

#include "base/time.hpp"

#include <ctime>

namespace guise::clients {
namespace {

// Of what has been printed, so much is looked at. No question is longer.
constexpr std::size_t in_sight = 16 * 1024;

void keep_in_sight(std::string& text, std::string_view more) {
    text += more;
    if (text.size() > in_sight) text.erase(0, text.size() - in_sight);
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(blank) - first + 1));
}

// `Dec  1 23:40:26 2026 GMT`; any other text stays.
std::string in_rfc3339(const std::string& text) {
    std::tm parts{};
    const char* end = ::strptime(text.c_str(), "%b %d %H:%M:%S %Y GMT", &parts);
    if (!end || *end) return text;
    return time_text(std::chrono::sys_seconds(std::chrono::seconds(::timegm(&parts))));
}

void note(std::map<std::string, std::string>& shown, const std::string& name, const std::string& found) {
    std::string value = trimmed(found);
    if (value.empty()) return;
    if (name == "issuer") {
        shown["signer"] = std::move(value);
    } else if (name == "not_after" || name == "expires") {
        shown["expires"] = in_rfc3339(value);
    } else {
        shown[name] = std::move(value);
    }
}

void note_all(std::map<std::string, std::string>& shown, const Match& match) {
    for (const auto& [name, value] : match.named) note(shown, name, value);
}

// Where the question begins in `text`, if it is this one.
std::optional<std::size_t> recognise(const Prompt& prompt, std::string_view text) {
    const auto asks = prompt.asks.search_at_end(text);
    if (!asks) return std::nullopt;
    if (!prompt.text) return 0;
    const auto about = prompt.text->search(text);
    return about ? std::optional(about->begin) : std::nullopt;
}

evidence::PromptRecord record_of(const Prompt& prompt, std::string_view text, std::size_t begin) {
    evidence::PromptRecord out;
    out.kind = word(prompt.kind);
    out.shown = shown_by(prompt, text);
    for (const auto& [answer, keys] : prompt.answers) out.choices.emplace_back(word(answer));
    out.explicit_trust = prompt.kind == PromptKind::warn;
    out.text = text.substr(begin);
    return out;
}

}  // namespace

std::map<std::string, std::string> shown_by(const Prompt& prompt, std::string_view text) {
    std::map<std::string, std::string> shown;
    if (const auto asks = prompt.asks.search_at_end(text)) note_all(shown, *asks);
    if (const auto about = prompt.text ? prompt.text->search(text) : std::nullopt) note_all(shown, *about);
    for (const auto& [name, pattern] : prompt.fields) {
        const auto match = pattern.search(text);
        if (!match) continue;
        if (pattern.names().empty()) note(shown, name, match->value);
        note_all(shown, *match);
    }
    return shown;
}

Dialogue::Next Dialogue::receive(std::string_view bytes, std::chrono::milliseconds at) {
    keep_in_sight(unread_, bytes);
    keep_in_sight(unsaid_, bytes);
    if (walked_away_) return {};
    Next next = answer_prompt(at);
    if (!next.walks_away) next.send += speak();
    return next;
}

Dialogue::Next Dialogue::shook_hands() {
    shook_hands_ = true;
    return walked_away_ ? Next{} : Next{.send = speak()};
}

Dialogue::Next Dialogue::answer_prompt(std::chrono::milliseconds at) {
    if (prompts_.size() == most_prompts) return {};
    for (const Prompt& prompt : script_.prompts) {
        const auto begin = recognise(prompt, unread_);
        if (!begin) continue;
        evidence::PromptRecord& record = prompts_.emplace_back(record_of(prompt, unread_, *begin));
        record.at = at;
        record.answered = choose(prompt);
        unread_.clear();
        walked_away_ = record.answered == "ignore";
        if (walked_away_) return {.send = {}, .walks_away = true};
        return {.send = prompt.answers.at(from_word<Answer>(record.answered).value())};
    }
    return {};
}

// What the prompt does not offer is declined, and what cannot be declined is left alone.
std::string Dialogue::choose(const Prompt& prompt) const {
    const auto wanted = from_word<Answer>(script_.answer);
    if (!wanted) return "ignore";
    for (const Answer answer : {*wanted, Answer::decline})
        if (prompt.answers.contains(answer)) return std::string(word(answer));
    return "ignore";
}

std::string Dialogue::speak() {
    std::string out;
    for (; said_ < script_.say.size(); ++said_) {
        const Say& say = script_.say[said_];
        const auto match = say.after ? say.after->search(unsaid_) : std::nullopt;
        if (say.after ? !match : !shook_hands_) break;
        if (match) unsaid_.erase(0, match->end);
        out += say.send;
    }
    return out;
}

}  // namespace guise::clients
