// What a client did and said in one visit, whoever drove it: its process, its questions, its events.
#pragma once

#include "clients/process.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guise::clients {

/// A question, or a message, that the client showed to its user.
struct PromptRecord {
    std::string kind;                          // ask | warn | error
    std::map<std::string, std::string> shown;  // server, port, signer, subject, sha1, sha256, expires
    std::vector<std::string> faults;           // that it named
    bool shows_faults = false;                 // whether it names faults at all
    std::vector<std::string> choices;          // connect, once, decline
    bool explicit_trust = false;               // going on needs a box to be ticked, or the like
    std::string answered;                      // connect | once | decline | ignore
    std::string text;                          // as it was shown
    std::chrono::milliseconds at{};            // since the visit began
};

/// An event of the client's own, from its adapter, the event sink or a watched log file.
struct EventRecord {
    std::string name;
    std::string server;  // host, or host:port; empty where it names none
    std::vector<std::string> faults;
    std::string source;              // adapter | sink | log
    std::chrono::milliseconds at{};  // since the visit began
};

/// What the client says became of the attempt. Held against the wire, never believed.
struct Claim {
    std::string outcome;  // connected | refused | cancelled | failed
    std::string reason;   // of the protocol's closed set; empty where it says none
    std::string detail;   // free text
};

/// All of one visit.
struct ClientRecord {
    ProcessRecord process;  // of the visit; for an adapter that stays alive, only what it wrote meanwhile
    std::vector<PromptRecord> prompts;
    std::vector<EventRecord> events;
    bool reports_events = false;   // whether an event of this client could have reached the harness
    bool reports_prompts = false;  // whether a question of this client would have been seen
    std::optional<Claim> claim;
    std::optional<std::vector<std::string>>
        pins;                   // after the visit: hex SHA-256 of each key that is remembered
    std::string adapter_error;  // what the adapter did wrong; quotes it
    std::string unsupported;    // the capability that it says it lacks
};

}  // namespace guise::clients
