// One hostile connection, watched.
#pragma once

#include "attack/mutation.hpp"
#include "attack/recording.hpp"
#include "attack/tally.hpp"
#include "tls/engine.hpp"

#include <memory>
#include <string>
#include <vector>

namespace guise::attack {

/// An engine under attack, and what must be true of it whatever it is fed.
///
/// What is fed is kept, so that a crash can be reported with its cause (see `describe_current`).
class Victim final {
 public:
    explicit Victim(std::shared_ptr<const tls::Presentation> shown);
    Victim(const Victim&) = delete;
    Victim& operator=(const Victim&) = delete;

    void receive(ByteView bytes);
    /// What the client gets.
    [[nodiscard]] Bytes take_output();
    /// Answers data once, as a server would.
    void answer();
    /// The client goes. Returns how far it came. Throws where the engine has broken its word: more output
    /// than any handshake needs, a transcript without a bound, bytes that are not accounted for.
    [[nodiscard]] Reached end();

    /// To standard error: the pieces that the last victim was fed, in hexadecimal digits.
    static void describe_current() noexcept;

 private:
    tls::Engine engine_;
    std::uint64_t in_ = 0, out_ = 0;
};

/// What servers show: a good chain first, then one of each way to be wrong that has code of its own.
[[nodiscard]] std::vector<std::shared_ptr<const tls::Presentation>> presentations();

/// Replays a recording with one mutation; the server's answers go nowhere.
[[nodiscard]] Reached replay(const Recording& recording, Mutation mutation,
                             const std::shared_ptr<const tls::Presentation>& shown, Random& random);

/// Lets a BoringSSL client shake hands and exchange data, with one mutation of what it sends.
[[nodiscard]] Reached live(Mutation mutation, const std::shared_ptr<const tls::Presentation>& shown,
                           Random& random);

/// Feeds random bytes: as they are, below plausible headers, or after the beginning of a recording.
[[nodiscard]] Reached noise(const Recording& recording, const std::shared_ptr<const tls::Presentation>& shown,
                            Random& random);

}  // namespace guise::attack
