// A client under test, as its file describes it: how to find, start and configure it, and what it can do.
#pragma once

#include "base/problem.hpp"
#include "base/yaml.hpp"
#include "clients/file/script.hpp"
#include "clients/file/vocabulary.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace guise::clients {

/// What one mode adds to the client's command.
struct ModeSettings {
    std::vector<std::string> add;  // in place of "{mode}" in `run`, else at the end
    std::optional<std::vector<std::string>>
        to_address;  // in place of `add`, for a host that is an IP address
    std::map<std::string, std::string> env;
    std::map<std::string, std::string> files;  // path below the client's home -> text
    std::optional<std::vector<std::string>> run;
    std::optional<std::string> input;
    SourcePos where;
};

/// What the exit codes of a client say of the connection, where they say anything.
struct ExitCodes {
    std::set<int> accepted;
    std::set<int> refused;
};

/// A client file (clients/*.yaml) that has been read and checked.
struct Client {
    std::string name;
    SourcePos name_at;
    std::string title;
    std::filesystem::path file;
    std::vector<std::string> detect;    // the command that prints the version
    std::string version_pattern;        // ECMAScript, group 1 is the version
    std::vector<std::string> packages;  // Debian packages that bring it
    std::string profile;  // the name of a profile; where the file overlays one, the client's own name
    SourcePos profile_at;
    std::optional<yaml::Value> overlay;  // the overlay, a profile file's keys
    std::string driver = "exec";         // of the table of drivers
    std::string service = "http";
    std::vector<std::string> scenarios;  // patterns of the only ones that it is run through; empty: all
    std::vector<std::string> routing;    // of the table of routings, the first that works
    std::vector<std::string> run;
    std::map<std::string, ModeSettings> modes;
    std::map<std::string, std::string> env;
    std::map<std::string, std::string> files;
    std::string input;
    std::string state = "none";  // none | home | path
    std::chrono::seconds deadline{10};
    bool faketime = false;  // `clock: faketime`
    ExitCodes exit_codes;
    bool adapter = false;  // written for us: exit 89 means unsupported
    Screen screen = Screen::pipe;
    std::vector<Prompt> prompts;  // the first that matches is meant
    std::vector<Say> say;         // one after the other
    std::optional<PinsFile> pins;
    std::optional<EventsLog> events;
    bool tells_events = false;        // by its log, or to `{events}`
    bool has_identity = false;        // it asks for `{identity}`
    std::vector<std::string> forget;  // paths of files, with placeholders; empty: it cannot be made to forget
    std::vector<std::string> warnings;  // about what a later version does not read any more
};

/// Reads and checks one client file. Errors: every key, type, placeholder and pattern that is not of the
/// format, every driver and routing that is not in the vocabulary, and every key and placeholder that means
/// nothing with them.
[[nodiscard]] Result<Client> load_client(const std::filesystem::path& file, const Vocabulary& vocabulary);

}  // namespace guise::clients
