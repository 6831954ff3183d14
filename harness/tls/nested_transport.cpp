#include "tls/nested_transport.hpp"

#include <utility>

namespace guise::tls {

NestedTransport::NestedTransport(std::unique_ptr<Transport> outer, std::unique_ptr<Transport> inner)
    : outer_(std::move(outer)), inner_(std::move(inner)) {}

void NestedTransport::receive(ByteView bytes) {
    outer_->receive(bytes);
    const std::string inside = outer_->take_plaintext();
    if (!inside.empty()) inner_->receive(as_bytes(inside));
}

Bytes NestedTransport::take_output() {
    pass_output();
    return outer_->take_output();
}

void NestedTransport::send(ByteView data) { inner_->send(data); }

// What the inner has to say goes before the outer's last word.
void NestedTransport::close_notify() {
    inner_->close_notify();
    pass_output();
    outer_->close_notify();
}

void NestedTransport::ended(Ending how) {
    inner_->ended(how);
    outer_->ended(how);
}

std::string NestedTransport::take_plaintext() { return inner_->take_plaintext(); }

bool NestedTransport::secured() const noexcept { return inner_->secured() || outer_->secured(); }

bool NestedTransport::finished() const noexcept { return outer_->finished() && inner_->finished(); }

bool NestedTransport::dead() const noexcept { return inner_->dead() || outer_->dead(); }

bool NestedTransport::failed() const noexcept { return inner_->failed() || outer_->failed(); }

MutationKind NestedTransport::stopped() const noexcept {
    const MutationKind outer = outer_->stopped();
    return outer == MutationKind::none ? inner_->stopped() : outer;
}

const Transcript& NestedTransport::transcript() const noexcept { return std::as_const(*inner_).transcript(); }

Transcript& NestedTransport::transcript() noexcept { return inner_->transcript(); }

// Before its handshake is over the outer carries nothing, and the inner's output waits.
void NestedTransport::pass_output() {
    if (outer_->finished()) outer_->send(inner_->take_output());
}

}  // namespace guise::tls
