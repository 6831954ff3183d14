#include "run/aftermath.hpp"

#include "evidence/kit.hpp"
#include "server/kit.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

namespace guise::run::aftermath_test {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

report::VisitRecord refused_visit() {
    report::VisitRecord out;
    out.evidence.canary = evidence::test::canary;
    out.evidence.connections.push_back(evidence::test::refused());
    out.seen = evidence::observe(out.evidence, {});
    return out;
}

// A case that has ended, and the visits of it that are reported as late.
EndedCase ended(asio::io_context& io, std::vector<report::VisitRecord>& late) {
    EndedCase out;
    out.server = server::ScenarioServer::open(io.get_executor(), {}).value();
    out.visits = {refused_visit()};
    out.on_late = [&late](const report::VisitRecord& visit) { late.push_back(visit); };
    return out;
}

asio::awaitable<bool> wait(Aftermath& aftermath) {
    co_await aftermath.end(std::chrono::milliseconds(200));
    co_return true;
}

}  // namespace

TEST_CASE("a secret that comes late is its visit's", "[run][aftermath]") {
    report::VisitRecord visit = refused_visit();
    REQUIRE(visit.seen.decision == profile::Decision::refuse);
    CHECK_FALSE(add_late(visit, {evidence::test::refused()}, {}));
    CHECK(visit.evidence.connections.size() == 1);
    CHECK(add_late(visit, {evidence::test::finished(evidence::test::canary)}, {}));
    CHECK(visit.evidence.connections.size() == 2);
    CHECK(visit.seen.outcome == evidence::Outcome::confidential);
}

TEST_CASE("the server of a case listens on, and what comes is told at the end", "[run][aftermath]") {
    asio::io_context io;
    std::vector<report::VisitRecord> late;
    Aftermath aftermath;
    EndedCase of = ended(io, late);
    tcp::socket client(io);
    client.connect({asio::ip::make_address("127.0.0.1"), of.server->port()});
    aftermath.keep(std::move(of));
    asio::write(client,
                asio::buffer("GET / HTTP/1.1\r\nX: " + std::string(evidence::test::canary) + "\r\n\r\n"));
    REQUIRE(kit::run_until_done(io, wait(aftermath)));
    REQUIRE(late.size() == 1);
    CHECK(late.front().seen.canary_in_clear);
}

TEST_CASE("a case to which nothing comes is not told of, and nothing is waited for without one",
          "[run][aftermath]") {
    asio::io_context io;
    std::vector<report::VisitRecord> late;
    Aftermath aftermath;
    CHECK(kit::run_to_end(io, wait(aftermath)));
    for (std::size_t i = 0; i <= Aftermath::most; ++i) aftermath.keep(ended(io, late));
    CHECK(kit::run_until_done(io, wait(aftermath)));
    CHECK(late.empty());
}

}  // namespace guise::run::aftermath_test
