#include "attack/mutation.hpp"

#include <algorithm>
#include <utility>

namespace guise::attack {

namespace {

constexpr std::size_t header_size = 5;
constexpr std::size_t longest_body = 0x4800;  // RFC 5246 section 6.2.3: 2^14 + 2048

void set_length(Bytes& record, std::size_t length) {
    if (record.size() < header_size) return;
    record[3] = static_cast<std::uint8_t>(length >> 8);
    record[4] = static_cast<std::uint8_t>(length);
}

std::vector<Bytes> one_byte_each(const Bytes& bytes) {
    std::vector<Bytes> out;
    for (const std::uint8_t byte : bytes) out.push_back({byte});
    return out;
}

Bytes one_byte_records(const Bytes& record) {
    if (record.size() <= header_size) return record;
    Bytes out;
    for (std::size_t i = header_size; i < record.size(); ++i)
        out.insert(out.end(), {record[0], record[1], record[2], 0, 1, record[i]});
    return out;
}

Bytes with_body_twice(Bytes record) {
    const Bytes body(record.begin() + static_cast<std::ptrdiff_t>(std::min(record.size(), header_size)),
                     record.end());
    record.insert(record.end(), body.begin(), body.end());
    set_length(record, std::min(body.size() * 2, longest_body));
    return record;
}

}  // namespace

std::vector<Bytes> split_records(ByteView stream) {
    std::vector<Bytes> out;
    while (!stream.empty()) {
        std::size_t size = stream.size();
        if (size >= header_size)
            size = std::min(size, header_size + (std::size_t{stream[3]} << 8 | stream[4]));
        out.emplace_back(stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(size));
        stream = stream.subspan(size);
    }
    return out;
}

std::vector<Bytes> Mutator::next(const Bytes& record) {
    if (ended_) return {};
    auto out = seen_++ == target_ ? change(record) : std::vector<Bytes>{record};
    if (!out.empty())
        for (Bytes& late : waiting()) out.push_back(std::move(late));
    return out;
}

std::vector<Bytes> Mutator::waiting() { return std::exchange(held_, {}); }

std::vector<Bytes> Mutator::change(const Bytes& record) {
    switch (kind_) {
        case Mutation::none:
            return {record};
        case Mutation::cut: {
            ended_ = true;
            const auto end = static_cast<std::ptrdiff_t>(below(random_, record.size()));
            return {Bytes(record.begin(), record.begin() + end)};
        }
        case Mutation::dropped:
            return {};
        case Mutation::doubled:
            return {record, record};
        case Mutation::swapped:
            held_ = {record};
            return {};
        case Mutation::flipped:
            return {flip(record)};
        case Mutation::shorter:
            return {shorten(record)};
        case Mutation::longer:
            return {with_body_twice(record)};
        case Mutation::resized: {
            Bytes out = record;
            set_length(out, below(random_, 0x10000));
            return {out};
        }
        case Mutation::split:
            return {one_byte_records(record)};
        case Mutation::dribble:
            return one_byte_each(record);
        case Mutation::alerted:
            return {any_alert(), record};
    }
    return {};
}

Bytes Mutator::flip(Bytes record) {
    for (std::size_t bits = 1 + below(random_, 8); bits > 0; --bits)
        record[below(random_, record.size())] ^= static_cast<std::uint8_t>(1U << below(random_, 8));
    return record;
}

Bytes Mutator::shorten(Bytes record) {
    if (record.size() <= header_size) return record;
    const std::size_t body = below(random_, record.size() - header_size);
    record.resize(header_size + body);
    if (below(random_, 2) == 0) set_length(record, body);
    return record;
}

Bytes Mutator::any_alert() {
    const auto level = static_cast<std::uint8_t>(1 + below(random_, 2));
    return {21, 3, 3, 0, 2, level, static_cast<std::uint8_t>(below(random_, 256))};
}

}  // namespace guise::attack
