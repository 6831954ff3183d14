#include "run/events.hpp"

namespace guise::run {

Result<std::unique_ptr<Events>> Events::open(const boost::asio::any_io_executor& executor) {
    std::unique_ptr<Events> out(new Events());
    auto sink = net::EventSink::open(executor, [self = out.get()](service::Event event) {
        auto& told = self->told_[event.token];
        told.push_back(std::move(event));
    });
    if (!sink) return sink.error();
    out->sink_ = std::move(*sink);
    return out;
}

std::vector<evidence::EventRecord> Events::take(const std::string& token,
                                                std::chrono::steady_clock::time_point began) {
    std::vector<evidence::EventRecord> out;
    auto told = told_.extract(token);
    if (told.empty()) return out;
    for (const service::Event& event : told.mapped()) out.push_back(recorded(event, "sink", began));
    return out;
}

evidence::EventRecord recorded(const service::Event& event, const std::string& source,
                               std::chrono::steady_clock::time_point began) {
    evidence::EventRecord out;
    out.name = event.name;
    out.server = event.server;
    out.faults = event.faults;
    out.source = source;
    out.at = std::chrono::duration_cast<std::chrono::milliseconds>(event.at - began);
    return out;
}

}  // namespace guise::run
