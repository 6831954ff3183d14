#include "tls/plain_transport.hpp"

#include <algorithm>
#include <utility>

namespace guise::tls {

namespace {

void keep(std::string& kept, std::string_view text) {
    kept += text.substr(0, Transcript::most_kept - std::min(Transcript::most_kept, kept.size()));
}

}  // namespace

PlainTransport::PlainTransport(Elapsed elapsed, Transcript so_far)
    : elapsed_(std::move(elapsed)), transcript_(std::move(so_far)) {}

void PlainTransport::receive(ByteView bytes) {
    transcript_.bytes_in += bytes.size();
    keep(transcript_.clear, as_text(bytes));
    data_ += as_text(bytes);
}

Bytes PlainTransport::take_output() {
    transcript_.bytes_out += output_.size();
    return std::exchange(output_, {});
}

void PlainTransport::send(ByteView data) { output_.insert(output_.end(), data.begin(), data.end()); }

void PlainTransport::ended(Ending how) {
    if (transcript_.ending != Ending::open) return;
    transcript_.ending = how;
    transcript_.lasted = elapsed_();
}

std::string PlainTransport::take_plaintext() { return std::exchange(data_, {}); }

}  // namespace guise::tls
