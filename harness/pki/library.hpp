// The recipes and the defects: certs/*.yaml and certs/defects/*.yaml, read strictly and checked against each
// other.
#pragma once

#include "base/problem.hpp"
#include "base/words.hpp"
#include "base/yaml.hpp"
#include "pki/sending.hpp"
#include "pki/status.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace guise::pki {

/// Where in the chain a defect sits.
enum class Position { leaf, intermediate, root, handshake };
constexpr auto words(Position) {
    return std::to_array<std::string_view>({"leaf", "intermediate", "root", "handshake"});
}

/// What is said of one certificate of the path, in one channel.
struct Topic {
    Channel channel = Channel::staple;
    Position position = Position::leaf;
    auto operator<=>(const Topic&) const = default;
};

/// What a client meets first: path validation, the parser, or the handshake's signature.
enum class Stage { chain, parse, handshake };
constexpr auto words(Stage) { return std::to_array<std::string_view>({"chain", "parse", "handshake"}); }

/// One named deviation from a good recipe. Exactly one of the four operations is set.
struct Defect {
    std::string name;
    std::set<Fault> faults;
    std::string clause;               // the clause that says so: `RFC 5280 6.1.4 (k)`
    std::map<Position, Level> level;  // how bound a client is to refuse it; its keys are where it can sit
    Position first = Position::leaf;  // where it sits when nothing is said
    Stage stage = Stage::chain;
    std::map<std::string, std::string> parameters;  // with their defaults
    std::optional<yaml::Value> change;              // a recipe patch
    std::optional<yaml::Value> bytes;               // a list of {when, field, do, hex?}
    std::vector<SendItem> send;            // `chain`: what is sent, in place of leaf and intermediates
    std::optional<yaml::Value> handshake;  // {signature: wrong-key}, {do: heartbeat}
    std::optional<Channel> channel;        // it changes only what is said there of the certificate
    SourcePos where;
};

/// The library of one run. Immutable after loading.
///
/// Every tree in it can be carried out: recipes are complete and of the right types, defects too with their
/// default parameters. What can still be wrong is what a scenario adds.
struct Library {
    std::map<std::string, yaml::Value> recipes;  // `like` resolved; every issuer exists, no cycles
    std::map<std::string, Defect> defects;

    /// Leaf first, then its issuers up to the one that signs itself. `recipe` must exist.
    [[nodiscard]] std::vector<std::string> path(const std::string& recipe) const;
    /// The recipe whose key a certificate of this one has: itself, or where `key-of` leads. It must exist.
    [[nodiscard]] std::string key_owner(const std::string& recipe) const;
};

/// Reads DIR/*.yaml and DIR/defects/*.yaml. Errors: all that is wrong in any file.
[[nodiscard]] Result<Library> load_library(const std::filesystem::path& dir);

}  // namespace guise::pki
