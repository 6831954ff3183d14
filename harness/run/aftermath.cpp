#include "run/aftermath.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace guise::run {

namespace asio = boost::asio;

void Aftermath::keep(EndedCase ended) {
    cases_.push_back(std::move(ended));
    if (cases_.size() <= most) return;
    EndedCase first = std::move(cases_.front());
    cases_.pop_front();
    close(std::move(first));
}

asio::awaitable<void> Aftermath::end(std::chrono::milliseconds patience) {
    if (cases_.empty()) co_return;
    asio::steady_timer timer(co_await asio::this_coro::executor, patience);
    boost::system::error_code stopped;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, stopped));
    for (EndedCase& each : std::exchange(cases_, {})) close(std::move(each));
}

// What is still open is cut, and kept like what has ended.
void Aftermath::close(EndedCase ended) {
    ended.server->cut();
    const std::vector<tls::Transcript> connections = ended.server->connections();
    for (report::VisitRecord& visit : ended.visits)
        if (add_late(visit, connections, ended.public_requests) && ended.on_late) ended.on_late(visit);
}

bool add_late(report::VisitRecord& visit, const std::vector<tls::Transcript>& connections,
              const std::vector<std::string>& public_requests) {
    bool any = false;
    for (const tls::Transcript& connection : connections) {
        if (evidence::outcome_of(connection, visit.evidence.canary, public_requests) !=
            evidence::Outcome::confidential)
            continue;
        visit.evidence.connections.push_back(connection);
        any = true;
    }
    if (any) visit.seen = evidence::observe(visit.evidence, public_requests);
    return any;
}

}  // namespace guise::run
