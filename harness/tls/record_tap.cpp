#include "tls/record_tap.hpp"

#include <algorithm>

namespace guise::tls {

namespace {

constexpr std::size_t record_header_size = 5;
constexpr std::size_t alert_size = 7;
// RFC 5246 section 6.2.3: "The length MUST NOT exceed 2^14 + 2048."
constexpr std::size_t longest_body = (1 << 14) + 2048;

ByteView take(ByteView& input, std::size_t size) {
    const ByteView front = input.first(std::min(size, input.size()));
    input = input.subspan(front.size());
    return front;
}

std::uint16_t u16(const std::uint8_t* bytes) { return static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]); }

}  // namespace

std::optional<Piece> RecordTap::next(ByteView& input) {
    if (released_) {
        released_ = false;
        size_ = 0;
    }
    if (input.empty()) return std::nullopt;
    if (lost_) return Piece{Piece::Kind::noise, {}, take(input, input.size())};
    if (remaining_ > 0) {
        const ByteView body = take(input, remaining_);
        remaining_ -= body.size();
        return Piece{Piece::Kind::body, record_, body};
    }
    while (!input.empty()) {
        held_[size_++] = take(input, 1).front();
        if (!plausible()) return release(Piece::Kind::noise);
        if (size_ == alert_size) return release(Piece::Kind::alert);
        if (size_ != record_header_size) continue;
        record_ = {held_[0], u16(&held_[1]), u16(&held_[3])};
        if (record_.type != alert_record || record_.length != 2) return release(Piece::Kind::header);
    }
    return std::nullopt;
}

ByteView RecordTap::held() const noexcept { return released_ ? ByteView{} : ByteView(held_.data(), size_); }

// Judges each byte as it comes: a client that does not speak TLS may wait for an answer after four bytes.
bool RecordTap::plausible() const noexcept {
    switch (size_) {
        case 1:
            return held_[0] >= change_cipher_spec_record && held_[0] <= heartbeat_record;
        case 2:
            return held_[1] == 3;
        case 3:
            return held_[2] <= 4;
        case record_header_size:
            return u16(&held_[3]) <= longest_body;
        default:
            return true;
    }
}

Piece RecordTap::release(Piece::Kind kind) noexcept {
    released_ = true;
    lost_ = kind == Piece::Kind::noise;
    remaining_ = kind == Piece::Kind::header ? record_.length : 0;
    return {kind, record_, ByteView(held_.data(), size_)};
}

}  // namespace guise::tls
