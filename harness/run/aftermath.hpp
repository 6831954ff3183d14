// What comes when a case is over: a client that stays alive may send a moment later what it has just refused
// to send.
//
// So the servers of cases that ended with a refusal go on listening, while the session runs its other cases,
// and for a moment after them. Nothing waits for them but the end of the session.
#pragma once

#include "report/record.hpp"
#include "server/scenario_server.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace guise::run {

/// A case that has ended: its servers, and what was seen of its visits.
struct EndedCase {
    std::unique_ptr<server::ScenarioServer> server;
    std::vector<report::VisitRecord> visits;
    std::vector<std::string> public_requests;  // of the client's profile
    /// Called with a visit whose secret came late, with all its evidence.
    std::function<void(const report::VisitRecord&)> on_late;
};

/// Threads: one.
class Aftermath final {
 public:
    /// So many cases are listened for; of more, those that ended last.
    static constexpr std::size_t most = 32;

    void keep(EndedCase ended);
    /// Waits for `patience` where there is anything to listen for, and then for nothing more.
    boost::asio::awaitable<void> end(std::chrono::milliseconds patience);

 private:
    static void close(EndedCase ended);

    std::deque<EndedCase> cases_;
};

/// Adds connections that carry the secret of a visit to its evidence. Returns whether there were any.
[[nodiscard]] bool add_late(report::VisitRecord& visit, const std::vector<tls::Transcript>& connections,
                            const std::vector<std::string>& public_requests);

}  // namespace guise::run
