#include "secrets/compare.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>

namespace guise::secrets {

namespace {

// Eight neighbouring bytes: of random ones, digits too, no two pieces are the same by chance.
using Piece = std::uint64_t;
constexpr std::size_t piece_size = sizeof(Piece);

// A digit or three can be the same by chance in both runs of a secret and in no other one.
constexpr std::size_t fewest_octets = 4;

using Pieces = std::vector<Piece>;  // ascending, each once

// What one run has sent: its parts, with so many zeros around each that all of its bytes are in eight
// pieces.
struct Sent {
    std::vector<std::string> parts;
    Pieces pieces;

    explicit Sent(const SentParts& texts);

    bool holds(std::string_view text) const {
        return std::ranges::any_of(parts,
                                   [&](const std::string& part) { return part.find(text) != part.npos; });
    }
};

// Calls with each piece of the text, and where it begins.
template <class Take>
void each_piece(std::string_view text, Take take) {
    Piece piece = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        piece = piece << 8 | static_cast<unsigned char>(text[i]);
        if (i + 1 >= piece_size) take(piece, i + 1 - piece_size);
    }
}

Sent::Sent(const SentParts& texts) {
    const std::string around(piece_size - 1, '\0');
    for (const std::string_view text : texts)
        parts.push_back(text.empty() ? std::string() : around + std::string(text) + around);
    for (const std::string& part : parts)
        each_piece(part, [&](Piece piece, std::size_t) { pieces.push_back(piece); });
    std::ranges::sort(pieces);
    pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
}

// One run beside the others.
class Follower final {
 public:
    Follower(const std::vector<Sent>& runs, std::size_t run) : run_(runs[run]), own_(run_.pieces) {
        for (std::size_t i = 0; i < runs.size(); ++i) {
            Pieces left;
            if (secret_of_run.at(i) == secret_of_run.at(run)) {
                std::ranges::set_intersection(own_, runs[i].pieces, std::back_inserter(left));
            } else {
                std::ranges::set_difference(own_, runs[i].pieces, std::back_inserter(left));
                others_.push_back(&runs[i]);
            }
            own_ = std::move(left);
        }
    }

    // Which parts follow the secret. Where none has enough of it by itself, it is all that have some
    // together.
    std::vector<bool> parts() const {
        std::vector<std::size_t> octets;
        for (const std::string& part : run_.parts) octets.push_back(octets_of(part));
        const std::size_t all = std::accumulate(octets.begin(), octets.end(), std::size_t{0});
        const bool one = !octets.empty() && std::ranges::max(octets) >= fewest_octets;
        std::vector<bool> out;
        for (const std::size_t part : octets)
            out.push_back(all >= fewest_octets && part >= (one ? fewest_octets : 1));
        return out;
    }

 private:
    // How many bytes of the part follow the secret; more than enough are not counted.
    std::size_t octets_of(std::string_view part) const {
        std::size_t out = 0, begin = 0, end = 0;  // of the bytes in pieces that follow each other
        each_piece(part, [&](Piece piece, std::size_t at) {
            if (out >= fewest_octets || !std::ranges::binary_search(own_, piece)) return;
            if (at + piece_size > end + 1) {
                out += octets_in(part.substr(begin, end - begin));
                begin = at;
            }
            end = at + piece_size;
        });
        return out >= fewest_octets ? out : out + octets_in(part.substr(begin, end - begin));
    }

    // Without what stands around it, which those with another secret have as well.
    std::size_t octets_in(std::string_view span) const {
        if (span.empty()) return 0;
        std::size_t before = piece_size - 1;
        while (before > 0 && !all_hold(span.substr(0, before))) --before;
        span.remove_prefix(before);
        std::size_t after = std::min(piece_size - 1, span.size() - 1);
        while (after > 0 && !all_hold(span.substr(span.size() - after))) --after;
        return span.size() - after;
    }

    bool all_hold(std::string_view text) const {
        return std::ranges::all_of(others_, [&](const Sent* other) { return other->holds(text); });
    }

    const Sent& run_;
    Pieces own_;  // what both runs with this secret have, and no other run
    std::vector<const Sent*> others_;
};

}  // namespace

std::vector<std::vector<bool>> following(std::span<const SentParts> runs) {
    std::vector<Sent> sent(runs.begin(), runs.end());
    std::vector<std::vector<bool>> out;
    bool all = runs.size() == secret_of_run.size();
    for (std::size_t i = 0; all && i < runs.size(); ++i) {
        out.push_back(Follower(sent, i).parts());
        all = std::ranges::find(out.back(), true) != out.back().end();
    }
    if (all) return out;
    out.clear();
    for (const SentParts& parts : runs) out.emplace_back(parts.size(), false);
    return out;
}

}  // namespace guise::secrets
