// Breaks the client's side of a TLS connection, a record at a time.
#pragma once

#include "base/bytes.hpp"
#include "base/words.hpp"

#include <array>
#include <random>
#include <vector>

namespace guise::attack {

using Random = std::mt19937_64;

/// What is done to a stream, each time to one record of it.
enum class Mutation {
    none,     // nothing: the control, which must come through
    cut,      // the stream ends inside the record
    dropped,  // the record is left out
    doubled,  // the record comes twice
    swapped,  // the record changes places with the next one
    flipped,  // one to eight bits are another
    shorter,  // the body loses its end, the header says so or does not
    longer,   // the body comes twice below one header: two messages, or one and noise
    resized,  // the header's length is any number
    split,    // one byte a record
    dribble,  // one byte a read
    alerted   // an alert in clear stands before the record
};
constexpr auto words(Mutation) {
    return std::to_array<std::string_view>({"none", "cut", "dropped", "doubled", "swapped", "flipped",
                                            "shorter", "longer", "resized", "split", "dribble", "alerted"});
}
inline constexpr std::size_t mutations = words(Mutation{}).size();

/// A number from 0 to `limit` - 1.
[[nodiscard]] inline std::size_t below(Random& random, std::size_t limit) { return random() % limit; }

/// The records of a stream; the last one may be incomplete.
[[nodiscard]] std::vector<Bytes> split_records(ByteView stream);

/// Carries out one mutation on a stream whose records come a few at a time.
class Mutator final {
 public:
    /// The `target`th record is the one to change, counted from 0.
    Mutator(Mutation kind, std::size_t target, Random& random)
        : kind_(kind), target_(target), random_(random) {}

    /// The pieces to be received instead of `record`, in order.
    [[nodiscard]] std::vector<Bytes> next(const Bytes& record);
    /// What was kept back and is due when the client waits for an answer.
    [[nodiscard]] std::vector<Bytes> waiting();
    /// The client has gone: nothing more comes from it.
    [[nodiscard]] bool ended() const noexcept { return ended_; }

 private:
    [[nodiscard]] std::vector<Bytes> change(const Bytes& record);
    [[nodiscard]] Bytes flip(Bytes record);
    [[nodiscard]] Bytes shorten(Bytes record);
    [[nodiscard]] Bytes any_alert();

    Mutation kind_;
    std::size_t target_;
    Random& random_;
    std::size_t seen_ = 0;
    bool ended_ = false;
    std::vector<Bytes> held_;  // swapped: waits for the next record
};

}  // namespace guise::attack
