// The cases of x509-limbo (github.com/C2SP/x509-limbo), as far as a server can show them.
#pragma once

#include "base/bounded_json.hpp"
#include "base/problem.hpp"
#include "run/case.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace guise::imports {

/// What a corpus may hold at most, and the results of an import.
constexpr JsonLimits corpus_limits{256 << 20, 64, 1000};

/// One case that can be replayed over the wire.
struct LimboCase {
    std::string id;  // `namespace::name`
    std::string importance;
    bool succeeds = false;  // what the corpus expects of a client
    bool ip = false;        // the expected name is an IP address
    bool nameless = false;  // no name is expected: the client is given the leaf's first, or example.com
    run::Given given;
};

/// One that cannot.
struct LimboSkipped {
    std::string id;
    std::string reason;
};

/// What a corpus holds, in its order.
struct LimboFile {
    std::string digest;  // SHA-256 of the file, in hex
    std::vector<LimboCase> cases;
    std::vector<LimboSkipped> skipped;
};

/// Reads limbo.json. What cannot be replayed: a case without a key, one that validates clients, that expects
/// a name no host has, or that needs CRLs or a limit of the depth. Errors: a file that cannot be read, is no
/// JSON or of another version than 1; a case that lacks a field or has a wrong one, by its number.
[[nodiscard]] Result<LimboFile> read_limbo(const std::filesystem::path& file);

}  // namespace guise::imports
