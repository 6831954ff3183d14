// A client that answers what the engine says, so that mutations get to the states behind the ServerHello.
//
// The mutation meets one of the first records that the client sends: ClientHello, ChangeCipherSpec,
// ClientKeyExchange, Finished, a request in two records, close_notify.
#include "attack/cases.hpp"
#include "tls/kit.hpp"

namespace guise::attack {

namespace {

constexpr std::size_t most_flights = 12;
constexpr std::size_t targets = 7;

class Talk final {
 public:
    Talk(Mutation mutation, const std::shared_ptr<const tls::Presentation>& shown, Random& random)
        : victim_(shown), mutator_(mutation, below(random, targets), random) {
        if (below(random, 2) == 0) SSL_set_max_proto_version(client_.ssl(), TLS1_2_VERSION);
        if (below(random, 16) == 0) client_.refusal = SSL_AD_UNKNOWN_CA;
    }

    Reached play() {
        client_.step();
        for (std::size_t flight = 0; flight < most_flights && !mutator_.ended(); ++flight) {
            if (client_.finished) talk();
            const bool said = forward();
            const Bytes answer = victim_.take_output();
            if (!answer.empty()) client_.receive(answer);
            if (!said && answer.empty()) break;
        }
        return victim_.end();
    }

 private:
    // A request in two records, then goodbye: one flight each.
    void talk() {
        if (said_ == 0) client_.send("GET / HTTP/1.1\r\n");
        if (said_ == 0) client_.send("Host: localhost\r\n\r\n");
        if (said_ == 1) client_.close_notify();
        ++said_;
    }

    // Whether the client has sent anything, or something was still kept back.
    bool forward() {
        std::vector<Bytes> pieces;
        for (const Bytes& record : split_records(client_.take_output()))
            for (Bytes& piece : mutator_.next(record)) pieces.push_back(std::move(piece));
        if (pieces.empty()) pieces = mutator_.waiting();
        for (const Bytes& piece : pieces) victim_.receive(piece);
        victim_.answer();
        return !pieces.empty();
    }

    Victim victim_;
    Mutator mutator_;
    tls::kit::Client client_;
    int said_ = 0;
};

}  // namespace

Reached live(Mutation mutation, const std::shared_ptr<const tls::Presentation>& shown, Random& random) {
    return Talk(mutation, shown, random).play();
}

}  // namespace guise::attack
