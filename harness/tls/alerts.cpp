#include "tls/alerts.hpp"

#include "tls/transcript.hpp"

#include <algorithm>
#include <utility>

namespace guise::tls {

namespace {

using Named = std::pair<std::uint8_t, std::string_view>;

// The TLS Alerts registry of IANA, with the names that older versions gave to numbers that are reserved
// now.
constexpr auto alert_names = std::to_array<Named>({
    {0, "close_notify"},
    {10, "unexpected_message"},
    {20, "bad_record_mac"},
    {21, "decryption_failed"},
    {22, "record_overflow"},
    {30, "decompression_failure"},
    {40, "handshake_failure"},
    {41, "no_certificate"},
    {42, "bad_certificate"},
    {43, "unsupported_certificate"},
    {44, "certificate_revoked"},
    {45, "certificate_expired"},
    {46, "certificate_unknown"},
    {47, "illegal_parameter"},
    {48, "unknown_ca"},
    {49, "access_denied"},
    {50, "decode_error"},
    {51, "decrypt_error"},
    {52, "too_many_cids_requested"},
    {60, "export_restriction"},
    {70, "protocol_version"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {100, "no_renegotiation"},
    {109, "missing_extension"},
    {110, "unsupported_extension"},
    {111, "certificate_unobtainable"},
    {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"},
    {114, "bad_certificate_hash_value"},
    {115, "unknown_psk_identity"},
    {116, "certificate_required"},
    {117, "general_error"},
    {120, "no_application_protocol"},
    {121, "ech_required"},
});

}  // namespace

bool is_error_alert(std::uint8_t description) {
    constexpr std::uint8_t close_notify = 0, user_canceled = 90, no_renegotiation = 100;
    return description != close_notify && description != user_canceled && description != no_renegotiation;
}

std::string alert_name(std::uint8_t description) {
    const auto found = std::ranges::find(alert_names, description, &Named::first);
    if (found != alert_names.end()) return std::string(found->second);
    return "alert_" + std::to_string(description);
}

}  // namespace guise::tls
