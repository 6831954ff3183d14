// What an adapter tells of its client, read into records: questions, events, the end of an attempt, pins.
// Pure.
//
// Each reader returns what is wrong, as the end of a sentence that quotes the adapter; empty: nothing.
#pragma once

#include "clients/rpc/rpc_message.hpp"
#include "evidence/client_record.hpp"

#include <string>
#include <vector>

namespace guise::clients {

/// The params of `prompt.show`. `answered` and `at` are left to the caller.
[[nodiscard]] std::string read_prompt(const json& params, evidence::PromptRecord& out);

/// The params of `event`. `source` is `adapter`; `at` is left to the caller.
[[nodiscard]] std::string read_event(const json& params, evidence::EventRecord& out);

/// The result of `client.connect`.
[[nodiscard]] std::string read_claim(const json& result, evidence::Claim& out);

/// The result of `pins.get`: the keys.
[[nodiscard]] std::string read_pins(const json& result, std::vector<std::string>& out);

/// What a question is answered, where the script says `wanted`: that, or `decline` where it is no choice.
[[nodiscard]] std::string answer_to(const evidence::PromptRecord& prompt, const std::string& wanted);

}  // namespace guise::clients
