// A scenario: what a server presents over an ordered list of visits, and what the user answers if the client
// asks.
//
// It says nothing of what a client should do: that follows from a profile. A Scenario that exists is
// runnable: `load_scenario_file` and `one_visit` make them.
#pragma once

#include "base/problem.hpp"
#include "base/words.hpp"
#include "base/yaml.hpp"
#include "pki/library.hpp"
#include "pki/mint.hpp"
#include "tls/presentation.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace guise::scenario {

/// What becomes of connections that are open at the end of a visit.
enum class Keep { closed, open };
constexpr auto words(Keep) { return std::to_array<std::string_view>({"closed", "open"}); }

/// How bad it is for a user if a client gets it wrong; defined in scenarios/README.md.
enum class Severity { critical, high, medium, low };
constexpr auto words(Severity) {
    return std::to_array<std::string_view>({"critical", "high", "medium", "low"});
}

/// What the user does if the client asks.
enum class Answer {
    connect,  // go on, and remember
    once,     // go on, this time only
    decline,  // do not go on
    ignore    // leave the question open
};
constexpr auto words(Answer) {
    return std::to_array<std::string_view>({"connect", "once", "decline", "ignore"});
}

/// Which server of the scenario is visited. Another host or port is another server unless `server` says
/// `same`.
struct At {
    std::string host = "main";
    std::string port = "main";
    std::string server;
    bool operator==(const At&) const = default;
};

/// The chain that is shown from the first connection after `after` on.
struct Swap {
    std::string after;
    pki::Present present;
};

/// What the server says of itself, against what it shows.
struct Claims {
    std::optional<pki::Present> certificate;
    std::optional<pki::Present> also;  // a second certificate that it says is its own
    std::string version;
};

/// The client connects while the server presents one chain.
struct Connect {
    pki::Present present;
    Answer answer = Answer::decline;
    At at;
    std::optional<Swap> swap;
    std::optional<pki::Present>
        first;  // shown to the first of several connections alone, which is not judged
    std::optional<Claims> claims;
    std::optional<int> resume;  // the number of the visit whose session is offered again
    int connections = 1;
    bool plain_text = false;  // the server answers in plain text on the same port too
    std::string starttls;     // hidden | refused
};
/// All chains that a visit shows or names. Lifetime: they are the visit's own.
[[nodiscard]] std::vector<const pki::Present*> chains_of(const Connect& connect);

/// The client is stopped and started again, its state kept.
struct Restart {};
/// The client's mode is changed.
struct SetMode {
    std::string mode;
};
/// The user removes what the client remembers of a server.
struct Forget {
    At at;
};
/// The clock moves on.
struct MoveClock {
    std::chrono::seconds by{};
};

/// One step of a scenario.
struct Visit {
    std::variant<Connect, Restart, SetMode, Forget, MoveClock> action;
    std::string client;  // the label of a second client; empty for the first
    SourcePos where;
};

/// What no table can say, with the clause that does.
struct Expect {
    int visit = 1;
    std::vector<std::string> alerts;  // names of RFC 8446 section 6; any of them is right
    std::optional<int> prompts;
    std::optional<int> connections;
    std::optional<int> heartbeats;  // that the client sends
    std::optional<bool>
        identity;  // whether a client that has a certificate of its own gives it to the server
    Level level = Level::should;
    std::string clause;
};

/// A trust anchor besides the run's root: a self-signed certificate that the user has installed.
struct Installed {
    std::string leaf;
    std::string key = "a";
};

/// One case of the catalogue: a file, or one of its variants.
struct Scenario {
    std::string id;    // `validity/expired[position=leaf,tls=1.3]`
    std::string base;  // `validity/expired`: the path of the file
    std::map<std::string, std::string> axes;
    std::size_t variant = 0;  // 0 has the first value of each axis in the file
    std::string title;
    std::string about;  // the comment that opens the file
    Severity severity = Severity::medium;
    std::string control;                         // the base of its paired control; empty for the last control
    std::vector<std::string> tags;               // sets that its first variant belongs to, such as `core`
    std::vector<std::string> combines;           // the scenarios whose defects it has together
    std::vector<std::string> modes;              // start modes; empty: all of the profile
    std::map<std::string, std::string> clients;  // label -> mode of further clients
    std::vector<Installed> trust;
    pki::HostKind host = pki::HostKind::name;  // what the client connects to
    tls::Versions versions = tls::Versions::any;
    bool keeps_connections = false;  // the server ends none between visits
    std::vector<Expect> expect;
    std::vector<Visit> visits;
    SourcePos where;
    SourcePos control_where;

    /// The recipes that a client trusts when a leaf with this key label is presented: the run's root, and
    /// what is installed.
    [[nodiscard]] std::vector<std::string> trusted(const std::string& key) const {
        std::vector<std::string> out{"root"};
        for (const Installed& installed : trust)
            if (installed.key == key) out.push_back(installed.leaf);
        return out;
    }
    /// Whether the server hands out sessions in this visit, or takes one back: only for visits that resume
    /// and those that are resumed.
    [[nodiscard]] bool has_sessions(int visit) const;
    /// The folder: `validity`.
    [[nodiscard]] std::string area() const { return base.substr(0, base.find('/')); }
};

/// A scenario that is in no file: the client connects once.
[[nodiscard]] Scenario one_visit(std::string id, std::string title, Connect connect);

/// Reads one file into its variants. `id` is what the file's place in the catalogue says it must be.
/// Errors: everything that is not of the format, or names a recipe or defect that `library` has not.
[[nodiscard]] Result<std::vector<Scenario>> load_scenario_file(const std::filesystem::path& file,
                                                               const std::string& id,
                                                               const pki::Library& library);

}  // namespace guise::scenario
