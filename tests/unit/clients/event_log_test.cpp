#include "clients/event_log.hpp"

#include "clients/scripted.hpp"

#include <filesystem>
#include <fstream>

namespace guise::clients::event_log_test {

using namespace guise::evidence;
using namespace guise::process;

TEST_CASE("lines that match are events, with what their groups say", "[event_log]") {
    const auto events =
        events_in("start\nwarn: cert-mismatch on h:7001 (expired, weak)\r\nwarn: other on b ()\nend\n",
                  pattern(R"(^warn: (?P<name>\S+) on (?P<server>\S+) \((?P<faults>[^()]*)\)$)"));
    REQUIRE(events.size() == 2);
    CHECK(events[0].name == "cert-mismatch");
    CHECK(events[0].server == "h:7001");
    CHECK(events[0].faults == std::vector<std::string>{"expired", "weak"});
    CHECK(events[0].source == "log");
    CHECK(events[1].faults.empty());
}

TEST_CASE("a line that has not ended is not yet an event", "[event_log]") {
    CHECK(events_in("changed", pattern("changed")).empty());
    CHECK(events_in("changed\n", pattern("changed")).size() == 1);
    CHECK(events_in("", pattern("changed")).empty());
}

TEST_CASE("only what has been added to a log counts", "[event_log]") {
    const TemporaryFolder home;
    const auto file = std::filesystem::path(home.path()) / "log";
    CHECK(WatchedLog(file).added(pattern("event")).empty());  // there is none
    std::ofstream(file) << "event one\n";
    const WatchedLog log(file);
    CHECK(log.added(pattern("event")).empty());
    std::ofstream(file, std::ios::app) << "event two\n";
    CHECK(log.added(pattern("event")).size() == 1);
    std::ofstream(file, std::ios::trunc) << "event\n";  // another log in its place
    CHECK(log.added(pattern("event")).size() == 1);
}

}  // namespace guise::clients::event_log_test
