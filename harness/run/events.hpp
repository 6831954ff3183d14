// The events that clients, and the systems behind them, tell the harness of during a run.
#pragma once

#include "evidence/client_record.hpp"
#include "net/event_sink.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace guise::run {

/// Lifetime and threads: as those of `net::EventSink`.
class Events final {
 public:
    /// Listens. Errors: what cannot be listened on.
    static Result<std::unique_ptr<Events>> open(const boost::asio::any_io_executor& executor);
    Events(const Events&) = delete;
    Events& operator=(const Events&) = delete;

    /// Where events of `token` are reported: letters, digits and `-`.
    [[nodiscard]] std::string url(const std::string& token) const { return sink_->url(token); }
    /// Whether one is being reported right now.
    [[nodiscard]] bool busy() const noexcept { return sink_->busy(); }
    /// Those of `token` since the last call. Times count from `began`.
    [[nodiscard]] std::vector<evidence::EventRecord> take(const std::string& token,
                                                          std::chrono::steady_clock::time_point began);

 private:
    Events() = default;

    std::map<std::string, std::vector<service::Event>> told_;
    std::unique_ptr<net::EventSink> sink_;
};

/// An event as the records have it. `source` is `sink` or `log`.
[[nodiscard]] evidence::EventRecord recorded(const service::Event& event, const std::string& source,
                                             std::chrono::steady_clock::time_point began);

}  // namespace guise::run
