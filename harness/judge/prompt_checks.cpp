#include "judge/prompt_checks.hpp"

#include "base/ascii.hpp"
#include "base/time.hpp"
#include "judge/said_faults.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <iterator>

namespace guise::judge {

namespace {

using evidence::PromptRecord;

std::string field(const PromptRecord& prompt, const std::string& name) {
    const auto found = prompt.shown.find(name);
    return found == prompt.shown.end() ? std::string() : found->second;
}

// The hexadecimal digits of a fingerprint, however it is written.
std::string digits_of(const std::string& text) {
    std::string out;
    for (const char c : text)
        if (std::isxdigit(static_cast<unsigned char>(c))) out += lower(c);
    return out;
}

// What is before it (`SHA-256:`) does not count.
bool same_fingerprint(const std::string& shown, const std::string& real) {
    return shown.empty() || digits_of(shown).ends_with(digits_of(real));
}

// A time in a form of the client's own does not count against it.
bool same_time(const std::string& shown, std::chrono::sys_seconds real) {
    const auto time = time_of(shown);
    return !time || *time == real;
}

// `self`, a whole name, or the common name alone.
bool same_signer(const std::string& shown, const evidence::Presented& real) {
    if (shown.empty()) return true;
    if (shown == "self") return real.self_signed;
    return real.issuer.find(shown) != std::string::npos || shown.find(real.issuer_name) != std::string::npos;
}

// The whole name, or its common name alone, in whatever order and form. A name that has to be escaped never
// counts against a client.
bool same_subject(const std::string& shown, const std::string& real) {
    if (shown.empty() || real.find('\\') != std::string::npos) return true;
    const std::string first = real.substr(0, real.find(','));
    return shown.find(first.substr(first.find('=') + 1)) != std::string::npos;
}

bool same_server(const std::string& shown, const evidence::Presented& real) {
    return shown.empty() || names_place(shown, real.host, real.port);
}

bool same_port(const std::string& shown, const evidence::Presented& real) {
    return shown.empty() || shown == std::to_string(real.port);
}

// The names of what a question says wrongly.
void add_untrue(const PromptRecord& prompt, const evidence::Presented& real, std::vector<std::string>& out) {
    const auto say = [&](const char* name, bool same) {
        if (!same) out.push_back(fmt::format("{} {}", name, field(prompt, name)));
    };
    say("sha1", same_fingerprint(field(prompt, "sha1"), real.sha1));
    say("sha256", same_fingerprint(field(prompt, "sha256"), real.sha256));
    say("expires", same_time(field(prompt, "expires"), real.not_after));
    say("signer", same_signer(field(prompt, "signer"), real));
    say("subject", same_subject(field(prompt, "subject"), real.subject));
    say("server", same_server(field(prompt, "server"), real));
    say("port", same_port(field(prompt, "port"), real));
}

// Who names a fault that is none of the chain's has a reason of its own for the warning.
bool names_only(const std::map<Fault, Level>& faults, const std::vector<std::string>& said) {
    return std::ranges::all_of(said, [&](const std::string& each) {
        return std::ranges::any_of(faults, [&](const auto& fault) { return word(fault.first) == each; });
    });
}

// One fault need not be spelled out; of several, each must be, but those that a client may overlook. A change
// is said among the faults or in the text.
bool names_faults(const Explained& visit, const PromptRecord& prompt) {
    const auto& faults = visit.way.faults;
    const bool changed = visit.way.memory == profile::Column::changed;
    if (changed && !says_changed(prompt.faults, prompt.text) && names_only(faults, prompt.faults))
        return false;
    return prompt.shows_faults && (faults.size() <= 1 || std::ranges::all_of(faults, [&](const auto& fault) {
                                       return fault.second == Level::may ||
                                              std::ranges::count(prompt.faults, word(fault.first)) != 0;
                                   }));
}

bool shows(const Explained& visit, const PromptRecord& prompt, profile::Shows what) {
    switch (what) {
        case profile::Shows::signer:
            return !field(prompt, "signer").empty();
        case profile::Shows::fingerprints:
            return !field(prompt, "sha1").empty() || !field(prompt, "sha256").empty();
        case profile::Shows::subject:
            return !field(prompt, "subject").empty();
        case profile::Shows::expires:
            return !field(prompt, "expires").empty();
        case profile::Shows::faults:
            return names_faults(visit, prompt);
    }
    return false;
}

// The question that decides: the first warning where the client warned.
const PromptRecord& deciding(const Explained& visit, const std::vector<PromptRecord>& questions) {
    const auto found = std::ranges::find(questions, word(visit.way.decision), &PromptRecord::kind);
    return found == questions.end() ? questions.front() : *found;
}

Statement complete(const Explained& visit, const PromptRecord& prompt) {
    const auto& rules = visit.subject.profile.prompts;
    const auto rule = rules.find(visit.way.decision);
    if (rule == rules.end() || rule->second.shows.empty()) return {true, "a question", "a question"};
    std::vector<std::string_view> asked, missing;
    for (const profile::Shows what : rule->second.shows) {
        asked.push_back(word(what));
        if (!shows(visit, prompt, what)) missing.push_back(word(what));
    }
    return {
        missing.empty(), fmt::format("a question that shows {}", fmt::join(asked, ", ")),
        missing.empty() ? "all of it" : fmt::format("one that does not show {}", fmt::join(missing, ", "))};
}

void add_truth(const Explained& visit, const std::vector<PromptRecord>& questions, std::vector<Check>& out) {
    if (!visit.seen.presented)
        return add_not_applicable(visit, "prompt-true", "what was presented cannot be read", out);
    std::vector<std::string> wrong;
    for (const PromptRecord& question : questions) {
        add_untrue(question, *visit.seen.presented, wrong);
        for (const std::string& fault : invented_faults(visit.way, question.faults))
            wrong.push_back(fmt::format("fault {}", fault));
    }
    add_check(visit, "prompt-true",
              {wrong.empty(), "a question that is true of the certificate that was presented",
               wrong.empty() ? "nothing untrue" : fmt::format("one that says {}", fmt::join(wrong, ", "))},
              out);
}

void add_content_checks(const Explained& visit, const std::vector<PromptRecord>& questions,
                        std::vector<Check>& out) {
    add_truth(visit, questions, out);
    const PromptRecord& question = deciding(visit, questions);
    add_check(visit, "prompt-shows", complete(visit, question), out);
    add_check(visit, "prompt-trust",
              {question.explicit_trust, "a warning that needs explicit trust",
               question.explicit_trust ? "it does" : "one that needs no more than a click"},
              out);
}

bool offers_way_on(const PromptRecord& prompt) {
    return std::any_of(prompt.choices.begin(), prompt.choices.end(),
                       [](const std::string& choice) { return choice == "connect" || choice == "once"; });
}

// Where no question would have been seen, none is no evidence.
void add_absence(const Explained& visit, const char* check, const Statement& statement,
                 std::vector<Check>& out) {
    if (visit.seen.reports_prompts)
        add_check(visit, check, statement, out);
    else
        add_not_applicable(visit, check, "no question of this client can reach the harness", out);
}

}  // namespace

void add_prompt_checks(const Explained& visit, std::vector<Check>& out) {
    std::vector<PromptRecord> questions;
    std::ranges::copy_if(visit.seen.prompts, std::back_inserter(questions), evidence::is_question);
    if (!questions.empty()) add_content_checks(visit, questions, out);
    add_absence(visit, "one-prompt",
                {questions.size() <= 1, "one question at the most",
                 questions.size() == 1 ? "one question" : fmt::format("{} questions", questions.size())},
                out);
    const bool way_on = std::ranges::any_of(visit.seen.prompts, offers_way_on);
    add_absence(visit, "no-way-on",
                {!way_on, "no way to go on", way_on ? "a message that offers to connect" : "none"}, out);
}

}  // namespace guise::judge
