// The names in certificates: subjects, and the general names of subjectAltName and nameConstraints.
#pragma once

#include "base/bytes.hpp"
#include "base/problem.hpp"
#include "base/words.hpp"
#include "base/yaml.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guise::pki {

/// A distinguished name, as far as recipes need one.
struct Subject {
    std::optional<std::string> common_name;   // cn
    std::optional<std::string> organisation;  // o

    [[nodiscard]] bool empty() const { return !common_name && !organisation; }
};

/// Reads `{cn?, o?}`.
[[nodiscard]] Subject parse_subject(const yaml::Value& value, Problems& problems);

/// Name in DER, most general attribute first, texts as UTF8String.
[[nodiscard]] Bytes encode_subject(const Subject& subject);

/// The kinds of GeneralName that recipes can write (RFC 5280 4.2.1.6).
enum class NameKind { dns, ip, directory };
constexpr auto words(NameKind) { return std::to_array<std::string_view>({"dns", "ip", "directory"}); }

struct GeneralName {
    NameKind kind = NameKind::dns;
    std::string text;  // as in the recipe; empty for a directory name
    Bytes content;     // what the element holds
};

/// Where a general name stands: a subtree's `ip` is a network (10.0.0.0/8), and only there is `directory`
/// known.
enum class NameUse { identity, subtree };

/// Reads a list of `{dns|ip|directory: ...}`. `{dns: TEXT, repeat: N}` is N names, in which {number} counts.
[[nodiscard]] std::vector<GeneralName> parse_names(const yaml::Value& list, NameUse use, Problems& problems);

/// Whether a dNSName names a host (RFC 9525 6.3): label by label, in small or capital letters; `*` as the
/// entire left-most label stands for exactly one label.
[[nodiscard]] bool covers(std::string_view dns_name, std::string_view host);

/// The four or sixteen bytes of an IP address; nothing where the text is none.
[[nodiscard]] std::optional<Bytes> address_octets(const std::string& text);

[[nodiscard]] Bytes encode_name(const GeneralName& name);

}  // namespace guise::pki
