// Written out here so that nobody finds MD5 among the digests that certificates are made with.
#include "service/md5.hpp"

#include <array>
#include <bit>
#include <cmath>

namespace guise::service {

namespace {

constexpr std::size_t block_size = 64;
constexpr std::size_t words_of_block = 16;
using State = std::array<std::uint32_t, 4>;

// RFC 1321 section 3.4: 4294967296 times the sines, without their signs, of 1 to 64.
const std::array<std::uint32_t, block_size>& sines() {
    static const auto table = [] {
        std::array<std::uint32_t, block_size> out{};
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = static_cast<std::uint32_t>(std::fabs(std::sin(static_cast<double>(i + 1))) * 0x1p32);
        return out;
    }();
    return table;
}

// The message with the bit 1, zeros and its length in bits (section 3.1 and 3.2).
Bytes padded(ByteView bytes) {
    Bytes out(bytes.begin(), bytes.end());
    out.push_back(0x80);
    while (out.size() % block_size != block_size - 8) out.push_back(0);
    for (int shift = 0; shift < 64; shift += 8)
        out.push_back(static_cast<std::uint8_t>(std::uint64_t{bytes.size()} * 8 >> shift));
    return out;
}

std::uint32_t word_at(ByteView bytes, std::size_t at) {
    return bytes[at] | std::uint32_t{bytes[at + 1]} << 8 | std::uint32_t{bytes[at + 2]} << 16 |
           std::uint32_t{bytes[at + 3]} << 24;
}

// The function of a round, and which word of the block its step takes.
struct Mixed {
    std::uint32_t value;
    std::size_t word;
};
Mixed mixed(std::size_t step, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
    if (step < 16) return {(b & c) | (~b & d), step};
    if (step < 32) return {(d & b) | (~d & c), (5 * step + 1) % words_of_block};
    if (step < 48) return {b ^ c ^ d, (3 * step + 5) % words_of_block};
    return {c ^ (b | ~d), 7 * step % words_of_block};
}

void add_block(State& state, ByteView block) {
    constexpr int rotations[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    auto [a, b, c, d] = state;
    for (std::size_t step = 0; step < block_size; ++step) {
        const Mixed mix = mixed(step, b, c, d);
        const std::uint32_t sum = a + mix.value + sines()[step] + word_at(block, mix.word * 4);
        a = d;
        d = c;
        c = b;
        b += std::rotl(sum, rotations[step / 16][step % 4]);
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
}

}  // namespace

Bytes md5(ByteView bytes) {
    State state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    const Bytes message = padded(bytes);
    for (std::size_t at = 0; at < message.size(); at += block_size)
        add_block(state, ByteView(message).subspan(at, block_size));
    Bytes out;
    for (const std::uint32_t word : state)
        for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<std::uint8_t>(word >> shift));
    return out;
}

}  // namespace guise::service
