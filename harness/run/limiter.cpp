// A channel with room for as many messages as there are limiter: to take one is to send, to give it back is
// to receive.
#include "run/limiter.hpp"

#include <boost/asio/use_awaitable.hpp>

namespace guise::run {

Limiter::Limiter(boost::asio::any_io_executor executor, std::size_t count)
    : used_(std::move(executor), count) {}

Limiter::Permit::~Permit() {
    if (limiter_) limiter_->used_.try_receive([](boost::system::error_code) {});
}

boost::asio::awaitable<Limiter::Permit> Limiter::take() {
    co_await used_.async_send(boost::system::error_code(), boost::asio::use_awaitable);
    co_return Permit(*this);
}

}  // namespace guise::run
