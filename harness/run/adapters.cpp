#include "run/adapters.hpp"

#include "clients/home.hpp"
#include "clients/launch.hpp"
#include "run/version.hpp"

#include <fmt/format.h>

namespace guise::run {

namespace asio = boost::asio;

namespace {

// From when it is started on: an adapter serves many cases.
clients::AdapterPatience scaled(const Patience& patience) {
    clients::AdapterPatience out;
    for (std::chrono::milliseconds* each :
         {&out.initialize, &out.answer, &out.grace, &out.cancel, &out.shutdown})
        *each = patience.scaled(*each);
    return out;
}

}  // namespace

Adapters::Lease::~Lease() {
    if (from && adapter && !in_use && adapter->broken().empty()) from->idle_.push_back(std::move(adapter));
}

asio::awaitable<Adapters::Lease> Adapters::take() {
    Lease out;
    out.from = this;
    if (!idle_.empty()) {
        out.adapter = std::move(idle_.back());
        idle_.pop_back();
        co_return out;
    }
    clients::VisitPlace place;
    place.home = (dir_ / fmt::format("adapter-{}", ++started_)).string();
    place.programs = who_.detection.programs;
    const std::string& any_mode = who_.client.modes.begin()->first;
    if (const Problems problems = clients::make_home(place.home, {}); !problems.empty()) {
        out.trouble = problems.text();
        co_return out;
    }
    out.adapter = std::make_unique<clients::Adapter>(
        executor_, clients::prepare(who_.client, any_mode, place), version, scaled(patience_));
    out.in_use = true;
    out.trouble = co_await out.adapter->start();
    out.in_use = false;
    co_return out;
}

asio::awaitable<std::string> Adapters::shut_down() {
    std::string trouble;
    for (auto& adapter : std::exchange(idle_, {}))
        if (std::string said = co_await adapter->shut_down(); !said.empty()) trouble = std::move(said);
    co_return trouble;
}

}  // namespace guise::run
