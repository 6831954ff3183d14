// What a service knows of the case that it takes part in, and the placeholders that stand for it.
#pragma once

#include "base/words.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guise::service {

/// What a visit does to STARTTLS.
enum class Starttls {
    hidden,  // it is not offered
    refused  // it is offered and then refused
};
constexpr auto words(Starttls) { return std::to_array<std::string_view>({"hidden", "refused"}); }

/// The values of one visit.
struct Facts {
    std::string host;
    std::uint16_t port = 0;
    std::string certificate;             // what the server says its certificate is, as PEM
    std::string also{};                  // a second one that it says is its own; empty: it has none
    std::optional<std::string> version;  // what it says its version is, for the `version` of its answers
    std::string server;                  // the label of the server in its scenario
    std::string scope;                   // the case; other cases have other server ids and other tokens
    std::string canary;                  // the secret of this visit
    std::optional<Starttls> starttls;
    std::vector<std::string> public_requests;  // of the profile: "METHOD glob"
    /// At least 32 hexadecimal digits of the run's seeded generator for a name: the same for the same name.
    std::function<std::string(const std::string&)> random_hex;
};

/// The value of a placeholder: `host`, `port`, `certificate`, `also`, `uuid:server`, `uuid:run`,
/// `canary:NAME`. Nothing for any other name.
[[nodiscard]] std::optional<std::string> value_of(std::string_view name, const Facts& facts);

/// Whether `value_of` knows the name.
[[nodiscard]] bool is_fact(std::string_view name);

/// The facts, for a message. Of those that begin with `canary:` there are any number.
[[nodiscard]] std::vector<std::string> fact_names();

/// A UUID (RFC 4122) made of hexadecimal digits: version 5, so that it looks derived. Missing digits are 0.
[[nodiscard]] std::string uuid_from(std::string_view digits);

/// `text` with each `{name}` replaced by what `value` makes of it; where it makes nothing, the text stays.
/// A name is lower-case letters, `_` and `:`.
[[nodiscard]] std::string fill(std::string_view text,
                               const std::function<std::optional<std::string>(std::string_view name)>& value);

/// `text` with the values of a service, and these with the facts.
[[nodiscard]] std::string fill(std::string_view text, const std::map<std::string, std::string>& values,
                               const Facts& facts);

}  // namespace guise::service
