#include "tls/cert_compression.hpp"

#include <algorithm>

namespace guise::tls {

namespace {

constexpr std::uint32_t adler_modulus = 65'521;
constexpr std::size_t longest_stored = 65'535;

void begin(Bytes& out) { out.insert(out.end(), {0x78, 0x01}); }  // RFC 1950 section 2.2: deflate, 32 KiB

void put32(Bytes& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

std::uint32_t adler(ByteView content) {
    std::uint32_t a = 1, b = 0;
    for (const std::uint8_t octet : content) {
        a = (a + octet) % adler_modulus;
        b = (b + a) % adler_modulus;
    }
    return b << 16 | a;
}

// Bits from the lowest on (RFC 1951 section 3.1.1); codes are given highest bit first.
class Bits {
 public:
    explicit Bits(Bytes& out) : out_(out) {}
    void code(unsigned value, int size) {
        while (size-- > 0) bit(value >> size & 1);
    }
    void flush() {
        while (at_ != 0) bit(0);
    }

 private:
    void bit(unsigned value) {
        if (at_ == 0) out_.push_back(0);
        out_.back() = static_cast<std::uint8_t>(out_.back() | value << at_);
        at_ = (at_ + 1) % 8;
    }
    Bytes& out_;
    int at_ = 0;
};

}  // namespace

Bytes zlib_of(ByteView content) {
    Bytes out;
    begin(out);
    ByteView rest = content;
    do {
        const ByteView part = rest.first(std::min(rest.size(), longest_stored));
        rest = rest.subspan(part.size());
        const auto size = static_cast<std::uint16_t>(part.size());
        out.push_back(rest.empty() ? 1 : 0);  // the last block
        for (const unsigned each : {unsigned{size}, ~unsigned{size}}) {
            out.push_back(static_cast<std::uint8_t>(each));
            out.push_back(static_cast<std::uint8_t>(each >> 8));
        }
        out.insert(out.end(), part.begin(), part.end());
    } while (!rest.empty());
    put32(out, adler(content));
    return out;
}

// One block of RFC 1951 section 3.2.6: a zero, then copies of 258 bytes from one byte before.
Bytes zlib_of_zeros(std::size_t size) {
    constexpr std::size_t copied = 258;
    Bytes out;
    begin(out);
    Bits bits(out);
    bits.code(1, 1);     // the last block
    bits.code(0b10, 2);  // fixed codes: 01, lowest bit first
    std::size_t left = size;
    const auto literal = [&] {
        bits.code(0x30, 8);  // the byte 0
        --left;
    };
    if (left > 0) literal();
    for (; left >= copied; left -= copied) {
        bits.code(0b11000101, 8);  // length 258
        bits.code(0, 5);           // distance 1
    }
    while (left > 0) literal();
    bits.code(0, 7);  // the end of the block
    bits.flush();
    put32(out, static_cast<std::uint32_t>(size % adler_modulus) << 16 | 1);
    return out;
}

}  // namespace guise::tls
