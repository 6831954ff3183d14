// What a client did and said in one visit, whoever drove it: its process, its questions, its events.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guise::evidence {

/// How a process went. Exit codes and texts are recorded; no verdict is ever made of them alone.
struct ProcessRecord {
    std::vector<std::string> argv;
    std::optional<int> exit_code;  // it ended by itself
    std::optional<int> signal;     // it died of this signal, its own or the harness's
    bool killed = false;           // the harness killed it: at the deadline, or because the run was stopped
    std::string start_error;       // it never ran, and why
    std::string output;            // standard output, the first 64 KiB; of both where they come together
    std::string errors;            // standard error, the first 64 KiB
    std::chrono::milliseconds lasted{};
};

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

/// What the client says became of the attempt. Checked against the wire, never believed.
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
    std::string exit_means;     // accepted | refused, by the client file; empty where it does not say
    std::string outside;        // a file outside of the case's home that has changed: it may be the client's
    std::string adapter_error;  // what the adapter did wrong; quotes it
    std::string unsupported;    // the capability that it says it lacks
};

}  // namespace guise::evidence
