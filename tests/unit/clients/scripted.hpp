// Clients made of a shell script, and their visits.
#pragma once

#include "base/temporary_folder.hpp"
#include "clients/driver.hpp"
#include "process/run_to_end.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace guise::clients {

inline Pattern pattern(std::string_view text) {
    std::string error;
    const auto compiled = Pattern::compile(text, error);
    INFO(error);
    REQUIRE(compiled);
    return *compiled;
}

/// A question that ends in `Trust HOST? ` and takes whole lines.
inline Prompt trust_prompt() {
    Prompt prompt;
    prompt.asks = pattern(R"(Trust (?P<server>\S+)\? $)");
    prompt.answers = {{Answer::connect, "yes\n"}, {Answer::once, "once\n"}, {Answer::decline, "no\n"}};
    return prompt;
}

inline Client scripted(std::string script) {
    Client client;
    client.name = "demo";
    client.driver = "terminal";
    client.run = {"sh", "-c", std::move(script)};
    client.modes["strict"] = {};
    client.prompts = {trust_prompt()};
    return client;
}

inline Attempt attempt_at(const TemporaryFolder& home, std::string answer = "decline") {
    Attempt attempt;
    attempt.place.home = home.path().string();
    attempt.answer = std::move(answer);
    return attempt;
}

/// Opens the driver in mode `strict` and makes one visit.
inline evidence::ClientRecord visit(Driver& driver, const Attempt& attempt) {
    REQUIRE(run_to_end(driver.open("strict", attempt.place)) == "");
    return run_to_end(driver.connect(attempt));
}

}  // namespace guise::clients
