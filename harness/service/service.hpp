// What a server says besides TLS, as data: rules for HTTP requests, or a dialogue of lines.
//
// Format: a rule's `match` is tried in the order of the file, and the first that matches answers. All scalars
// of a file are text; in the JSON of an answer `true`, `false`, whole numbers and `{port}` alone become
// values of those types.
#pragma once

#include "base/pattern.hpp"
#include "base/problem.hpp"
#include "base/yaml.hpp"
#include "service/digest_login.hpp"
#include "service/facts.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace guise::service {

enum class Speaks {
    lines,  // lines of text, each ended by LF or CR LF
    http,   // HTTP/1.x
    bytes   // nothing is understood and nothing is answered
};
constexpr auto words(Speaks) { return std::to_array<std::string_view>({"lines", "http", "bytes"}); }

enum class Starts {
    plain,  // in plain text, and the dialogue may ask for TLS
    tls     // with the handshake
};
constexpr auto words(Starts) { return std::to_array<std::string_view>({"plain", "tls"}); }

/// Where an HTTP request may carry the secret.
struct SecretPlace {
    enum class Kind {
        json,        // a field of the body's JSON object
        bearer,      // Authorization: Bearer
        http_digest  // Authorization: Digest, a proof of it
    } kind = Kind::json;
    std::string field;  // of json
};

/// How one kind of HTTP request is answered.
struct HttpRule {
    std::string method;  // `*`: any
    std::string path;    // a glob (service/path_glob.hpp)
    int status = 200;
    std::optional<yaml::Value> json;
    std::string text;  // the body where there is no JSON
    std::vector<SecretPlace> secrets;
    std::optional<DigestChallenge> challenge;  // for a request without the secret
    bool unless_secret = false;                // a request with the secret is left to the rules below
    bool close = false;                        // the connection is closed after the answer
};

/// What becomes of the channel after a line has been answered.
enum class LineThen { tls, close };
constexpr auto words(LineThen) { return std::to_array<std::string_view>({"tls", "close"}); }

/// How a line may carry the secret.
enum class LineSecret {
    base64,  // inside a text in base64 (SASL)
    text     // as it is
};
constexpr auto words(LineSecret) { return std::to_array<std::string_view>({"base64", "text"}); }

/// How one kind of line is answered.
struct LineRule {
    Pattern match;
    std::string send;
    std::optional<Starttls> only;  // in visits that do this to STARTTLS
    std::optional<LineThen> then;
    std::set<LineSecret> secret;
    std::vector<LineRule> next;    // for the lines that follow, one rule a line
    std::optional<Pattern> until;  // the lines that follow, up to this one, are passed over
    std::string reply;             // to the line of `until`
};

/// One service.
struct Service {
    std::string name;
    std::string url;  // with placeholders
    Speaks speaks = Speaks::bytes;
    Starts starts = Starts::tls;
    bool plain_text = false;  // the same is answered in plain text where a visit says so
    std::map<std::string, std::string> values;
    std::vector<HttpRule> http;
    std::string greet;
    std::vector<LineRule> plain;   // before the handshake
    std::vector<LineRule> tls;     // after it
    std::vector<LineRule> common;  // after those of the stage
};

using Services = std::map<std::string, std::shared_ptr<const Service>>;

/// Reads one file. Errors: everything in it that is not of the format, and a name that is not the file's.
[[nodiscard]] Result<Service> load_service(const std::filesystem::path& file);

/// Reads `DIR/*.yaml`, by name, and adds the service `http` where there is no file for it. Errors: those of
/// all files.
[[nodiscard]] Result<Services> load_services(const std::filesystem::path& dir);

/// The service `http`: every request gets a short 200, and the connection stays (RFC 9112 section 9.3).
[[nodiscard]] std::shared_ptr<const Service> short_answer();

}  // namespace guise::service
