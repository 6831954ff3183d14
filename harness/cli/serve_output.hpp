// What `guise serve` prints: what is served, and each connection in one line.
#pragma once

#include "serve/held_scenario.hpp"
#include "serve/served_scenarios.hpp"

#include <cstdint>
#include <string>

namespace guise::cli {

/// The address as a URL has it; 127.0.0.1 is `localhost`, and an IPv6 address stands in brackets.
[[nodiscard]] std::string url_of(const std::string& address, std::uint16_t port);

/// What is served, as one JSON object on a line, and as text.
void print_ready_json(const serve::ServedScenarios& server, const std::string& address);
void print_ready_text(const serve::ServedScenarios& server, const std::string& address);

/// The file that is served in place of scenarios.
void print_ready_file(const std::string& name, const std::string& address, std::uint16_t port, bool json);

/// The visit that a `HeldScenario` shows from now on, for a person.
void print_visit(const serve::HeldScenario& held, const std::string& address, const std::string& trust_file);

/// One statement on a certificate, a list or a response, that was fetched by HTTP.
void print_fetch(const std::string& path, bool json);

/// One connection in one line: which scenario, who, what the client did.
void print_connection(const std::string& id, const tls::Transcript& connection, bool json);

}  // namespace guise::cli
