#include "attack/cases.hpp"

#include "tls/kit.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <utility>

namespace guise::attack {

namespace {

// The largest honest flight here is below 8 KiB; the rest is for records of one byte each.
constexpr std::uint64_t most_output = 65'536;
constexpr std::size_t most_entries = 256;

std::vector<Bytes> fed;  // to the last victim

void require(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(what);
}

Bytes random_bytes(Random& random, std::size_t size) {
    Bytes out(size);
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(random());
    return out;
}

Bytes random_records(Random& random) {
    Bytes out;
    for (std::size_t records = 1 + below(random, 6); records > 0; --records) {
        const Bytes body = random_bytes(random, below(random, 600));
        out.insert(
            out.end(),
            {static_cast<std::uint8_t>(20 + below(random, 5)), 3, static_cast<std::uint8_t>(below(random, 5)),
             static_cast<std::uint8_t>(body.size() >> 8), static_cast<std::uint8_t>(body.size())});
        out.insert(out.end(), body.begin(), body.end());
    }
    return out;
}

Bytes random_stream(const Recording& recording, Random& random) {
    switch (below(random, 3)) {
        case 0:
            return random_bytes(random, 1 + below(random, 2000));
        case 1:
            return random_records(random);
        default: {
            Bytes out = recording.stream;
            out.resize(below(random, out.size()));
            const Bytes rest = random_bytes(random, below(random, 2000));
            out.insert(out.end(), rest.begin(), rest.end());
            return out;
        }
    }
}

tls::Presentation with_fault(tls::SignatureFault fault) {
    tls::Presentation out = tls::kit::present();
    out.signature = fault;
    out.other_key = tls::kit::other_ec_key();
    return out;
}

tls::Presentation with_trailing_byte() {
    tls::Presentation out = tls::kit::present();
    out.certificates.front().push_back(0);
    return out;
}

tls::Presentation with_staple() {
    tls::Presentation out = tls::kit::present();
    out.ocsp_response = Bytes(300, 0x30);
    return out;
}

}  // namespace

Victim::Victim(std::shared_ptr<const tls::Presentation> shown)
    : engine_([shown = std::move(shown)](const tls::ClientHello&) { return shown; }, tls::kit::ticking()) {
    fed.clear();
}

void Victim::receive(ByteView bytes) {
    fed.emplace_back(bytes.begin(), bytes.end());
    in_ += bytes.size();
    engine_.receive(bytes);
}

Bytes Victim::take_output() {
    Bytes out = engine_.take_output();
    out_ += out.size();
    return out;
}

void Victim::answer() {
    if (engine_.take_plaintext().empty()) return;
    engine_.send(as_bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    engine_.close_notify();
}

Reached Victim::end() {
    engine_.ended(tls::Ending::client_closed);
    (void)take_output();
    const tls::Transcript& seen = engine_.transcript();
    require(out_ <= most_output, "more output than any handshake needs");
    require(seen.bytes_in == in_ && seen.bytes_out == out_, "bytes that are not accounted for");
    require(seen.steps.size() <= most_entries && seen.alerts.size() <= most_entries,
            "a transcript without a bound");
    require(!engine_.failed() || (engine_.dead() && !seen.error.empty()), "a failure without a reason");
    require(!seen.finished || seen.certificate_sent, "finished without a certificate");
    return reached(engine_);
}

void Victim::describe_current() noexcept {
    std::fputs("The engine was fed, one line a read:\n", stderr);
    for (const Bytes& piece : fed) std::fprintf(stderr, "  %s\n", to_hex(piece).c_str());
}

std::vector<std::shared_ptr<const tls::Presentation>> presentations() {
    std::vector<std::shared_ptr<const tls::Presentation>> out;
    for (tls::Presentation& each :
         std::vector{tls::kit::present(), tls::kit::present(tls::kit::rsa_key()), with_trailing_byte(),
                     with_fault(tls::SignatureFault::wrong_key), with_fault(tls::SignatureFault::corrupted),
                     with_staple(), tls::kit::present(tls::kit::ec_key(), tls::Versions::tls12)})
        out.push_back(std::make_shared<const tls::Presentation>(std::move(each)));
    return out;
}

Reached replay(const Recording& recording, Mutation mutation,
               const std::shared_ptr<const tls::Presentation>& shown, Random& random) {
    const auto records = split_records(recording.stream);
    Mutator mutator(mutation, below(random, records.size()), random);
    Victim victim(shown);
    for (const Bytes& record : records)
        for (const Bytes& piece : mutator.next(record)) victim.receive(piece);
    for (const Bytes& piece : mutator.waiting()) victim.receive(piece);
    return victim.end();
}

Reached noise(const Recording& recording, const std::shared_ptr<const tls::Presentation>& shown,
              Random& random) {
    const Bytes stream = random_stream(recording, random);
    Victim victim(shown);
    const std::size_t cut = 1 + below(random, stream.size() + 1);
    for (ByteView rest(stream); !rest.empty();) {
        const ByteView piece = rest.first(std::min(cut, rest.size()));
        victim.receive(piece);
        rest = rest.subspan(piece.size());
    }
    return victim.end();
}

}  // namespace guise::attack
