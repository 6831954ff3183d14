// A channel with room for as many messages as there are slots: to take one is to send, to give it back is to
// receive.
#include "run/slots.hpp"

#include <boost/asio/use_awaitable.hpp>

namespace guise::run {

Slots::Slots(boost::asio::any_io_executor executor, std::size_t count) : used_(std::move(executor), count) {}

Slots::Held::~Held() {
    if (slots_) slots_->used_.try_receive([](boost::system::error_code) {});
}

boost::asio::awaitable<Slots::Held> Slots::take() {
    co_await used_.async_send(boost::system::error_code(), boost::asio::use_awaitable);
    co_return Held(*this);
}

}  // namespace guise::run
