#include "run/participants.hpp"

#include "clients/routing/routing.hpp"
#include "run/patience.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace guise::run {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds detect_patience{5'000};

asio::awaitable<void> find(Participant& who, const clients::Tables& tables, Patience patience) {
    who.detection = co_await clients::detect(who.client, patience.scaled(detect_patience));
    who.missing = who.detection.missing;
    if (!who.detection.found) co_return;
    if (const auto routing = clients::choose_routing(who.client, tables.routings))
        who.routing = *routing;
    else
        who.missing = routing.error().list.front().text();
}

}  // namespace

Result<std::vector<std::unique_ptr<Participant>>> load_participants(const inputs::RunInputs& inputs,
                                                                    const Selection& selection,
                                                                    const clients::Tables& tables) {
    auto chosen = inputs::load_clients(inputs, tables.vocabulary(), selection.clients, selection.profile);
    if (!chosen) return chosen.error();
    std::vector<std::unique_ptr<Participant>> out;
    for (inputs::ChosenClient& one : *chosen) {
        Participant& who = *out.emplace_back(std::make_unique<Participant>());
        static_cast<inputs::ChosenClient&>(who) = std::move(one);
        who.driver = clients::named(tables.drivers, who.client.driver);
    }
    return out;
}

void find_participants(std::vector<std::unique_ptr<Participant>>& participants,
                       const clients::Tables& tables) {
    asio::io_context io{1};
    const Patience patience(slowness(measure_speed()));
    for (auto& who : participants)
        asio::co_spawn(io, find(*who, tables, patience), [](const std::exception_ptr& error) {
            if (error) std::rethrow_exception(error);
        });
    io.run();
}

}  // namespace guise::run
