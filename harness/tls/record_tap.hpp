// Reads the record headers of one direction of a TLS connection, in any cut, and passes the bytes on.
//
// It changes nothing and keeps at most seven bytes: a header that is not complete, or an alert record of two
// bytes. So its user can decide what to do with a clear alert before anyone else has seen a part of it.
#pragma once

#include "base/bytes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace guise::tls {

/// The record types that have a meaning here (RFC 8446 section 5.1).
inline constexpr std::uint8_t change_cipher_spec_record = 20;
inline constexpr std::uint8_t alert_record = 21;
inline constexpr std::uint8_t handshake_record = 22;
inline constexpr std::uint8_t heartbeat_record = 24;  // RFC 6520

/// The header of one record (RFC 8446 section 5.1).
struct RecordHeader {
    std::uint8_t type = 0;
    std::uint16_t version = 0;
    std::uint16_t length = 0;
};

/// A stretch of the stream. The pieces in order are the stream, with nothing added and nothing left out.
struct Piece {
    enum class Kind {
        header,  // the five bytes before a record's body
        body,    // a part of a record's body
        alert,   // a whole alert record with a body of two bytes: one that is not encrypted
        noise    // no record, and neither is what follows
    };
    Kind kind = Kind::noise;
    RecordHeader record;  // the record it belongs to; without meaning for noise
    ByteView bytes;
};

/// The tap of one direction. An encrypted alert is longer than two bytes in every version, so an alert record
/// of two bytes is clear text wherever it stands.
class RecordTap final {
 public:
    /// Takes the next piece off the front of `input`; nothing once `input` is used up.
    ///
    /// Lifetime: the piece's bytes are valid until the next call, and as long as the input.
    [[nodiscard]] std::optional<Piece> next(ByteView& input);

    /// The beginning of a header or of a clear alert, which has not been in any piece yet.
    [[nodiscard]] ByteView held() const noexcept;

 private:
    [[nodiscard]] bool plausible() const noexcept;
    Piece release(Piece::Kind kind) noexcept;

    std::array<std::uint8_t, 7> held_{};
    std::size_t size_ = 0;       // of held_
    bool released_ = false;      // held_ was the last piece
    std::size_t remaining_ = 0;  // of the current record's body
    bool lost_ = false;          // noise has begun
    RecordHeader record_;
};

}  // namespace guise::tls
