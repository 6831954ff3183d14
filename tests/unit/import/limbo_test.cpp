#include "import/limbo.hpp"

#include "base/time.hpp"
#include "import/limbo_kit.hpp"

#include <catch2/catch.hpp>

#include <csignal>

namespace guise::imports::limbo_test {

using namespace guise::run;

namespace {

// What a client does with a good chain, one for another name, and one that was good long ago.
struct Place {
    TemporaryFolder folder;
    LimboFile file;

    Place() {
        auto other = kit::limbo_case("other-name", "leaf", "host.example", "FAILURE", machine_clock());
        other["expected_peer_name"]["value"] = "another.example";
        auto past = kit::limbo_case("past", "leaf", "host.example", "SUCCESS", kit::now);
        past["validation_time"] = "2027-01-15T08:00:00Z";  // kit::now
        auto address = kit::limbo_case("address", "leaf", "host.example", "SUCCESS", machine_clock());
        address["expected_peer_name"] = {{"kind", "IP"}, {"value", "2001:db8::1"}};
        const auto good = kit::limbo_case("good", "leaf", "host.example", "SUCCESS", machine_clock());
        file = read_limbo(kit::write_limbo(folder.path(), {good, other, past, address})).value();
    }
    LimboRun run(const std::string& script) {
        const auto clients = kit::participants({kit::write_client(folder.path(), "demo", script)});
        return run_limbo(kit::inputs(), file, *clients.at(0), {"strict", 2, folder.path() / "out", {}})
            .value();
    }
};

}  // namespace

TEST_CASE("a client that verifies accepts what is good for its host at the time of the case", "[limbo]") {
    Place place;
    const LimboRun run = place.run(kit::verifying);
    REQUIRE(run.results.size() == 4);
    CHECK(run.results[0].seen == LimboSeen::accepted);
    CHECK(run.results[1].seen == LimboSeen::refused);
    CHECK(run.results[2].seen == LimboSeen::accepted);
    CHECK(run.results[3].seen == LimboSeen::refused);  // its leaf has no such address
    CHECK(as_expected(run.results[0]));
    CHECK_FALSE(as_expected(run.results[3]));
    CHECK_FALSE(kit::fs::exists(place.folder.path() / "out" / "homes"));
}

TEST_CASE("a client that does nothing is unclear, and that is never as expected", "[limbo]") {
    Place place;
    for (const LimboResult& result : place.run("exit 0").results) {
        CHECK(result.seen == LimboSeen::unclear);
        CHECK_FALSE(as_expected(result));
    }
}

TEST_CASE("a client that must resolve names itself is not shown an address", "[limbo]") {
    Place place;
    auto clients = kit::participants({kit::write_client(place.folder.path(), "demo", kit::verifying)});
    clients[0]->routing = kit::routing("nss-wrapper");
    const LimboRun run =
        run_limbo(kit::inputs(), place.file, *clients[0], {"strict", 2, place.folder.path() / "out", {}})
            .value();
    CHECK(run.results.size() == 3);
    REQUIRE(run.skipped.size() == 1);
    CHECK(run.skipped[0].id == "address");
}

TEST_CASE("a signal ends an import in the middle of its cases", "[limbo]") {
    Place place;
    const auto clients = kit::participants({kit::write_client(place.folder.path(), "demo", "true")});
    const auto stop = [](const report::Progress& progress) {
        if (progress.done == 1) std::raise(SIGINT);
    };
    const LimboRun run =
        run_limbo(kit::inputs(), place.file, *clients.at(0), {"strict", 1, place.folder.path() / "out", stop})
            .value();
    CHECK(run.interrupted);
}

}  // namespace guise::imports::limbo_test
