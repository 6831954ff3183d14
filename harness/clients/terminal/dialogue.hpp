// The user at a client's terminal: reads what it prints, answers its questions, types what has to be typed.
//
// Pure: bytes in, bytes out. A question is recognised when its `asks` matches at the end of what has been
// printed since the last one; with the end still to come it is no question yet.
#pragma once

#include "clients/file/script.hpp"
#include "evidence/client_record.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace guise::clients {

/// What the user knows and wants.
struct PromptScript {
    std::vector<Prompt> prompts;
    std::vector<Say> say;            // with the placeholders filled
    std::string answer = "decline";  // connect | once | decline | ignore
};

/// One visit's worth of it. Threads: one.
class Dialogue final {
 public:
    /// What the user does now.
    struct Next {
        std::string send;
        bool walks_away = false;  // never answers the question, or anything after it
    };
    /// More questions than these are not answered: a client that asks for ever meets its deadline.
    static constexpr std::size_t most_prompts = 20;

    explicit Dialogue(PromptScript script) : script_(std::move(script)) {}

    /// `at`: since the visit began.
    Next receive(std::string_view bytes, std::chrono::milliseconds at);
    /// The handshake of a connection is done.
    Next shook_hands();
    /// The questions so far.
    [[nodiscard]] const std::vector<evidence::PromptRecord>& prompts() const noexcept { return prompts_; }

 private:
    Next answer_prompt(std::chrono::milliseconds at);
    [[nodiscard]] std::string choose(const Prompt& prompt) const;
    std::string speak();

    PromptScript script_;
    std::vector<evidence::PromptRecord> prompts_;
    std::string unread_;  // since the last question
    std::string unsaid_;  // since the text that the last thing was said after
    std::size_t said_ = 0;
    bool shook_hands_ = false;
    bool walked_away_ = false;
};

/// What `prompt`, recognised in `text`, shows: by the names of its groups, with the usual names for the
/// signer and the expiry, which becomes RFC 3339 where it is written as OpenSSL does.
[[nodiscard]] std::map<std::string, std::string> shown_by(const Prompt& prompt, std::string_view text);

}  // namespace guise::clients
