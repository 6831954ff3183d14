#include "clients/outside_home.hpp"

#include "clients/exec_driver.hpp"
#include "clients/scripted.hpp"

#include <fstream>

namespace guise::clients::outside_home_test {

namespace fs = std::filesystem;

namespace {

// A client that keeps its pins in a file below its home, and a home that is not the case's.
struct Machine {
    TemporaryFolder home;
    TemporaryFolder elsewhere;
    Client client = scripted("");
    VisitPlace place;

    Machine() {
        client.pins = PinsFile{".demo/known", pattern("(?P<sha256>[0-9a-f]+)")};
        place.home = home.path().string();
        fs::create_directories(elsewhere.path() / ".demo");
    }
    void pin(const TemporaryFolder& where, const std::string& text) const {
        fs::create_directories(where.path() / ".demo");
        std::ofstream(where.path() / ".demo" / "known", std::ios::app) << text;
    }
    OutsideHome watch() const { return {client, "strict", place, elsewhere.path()}; }
};

}  // namespace

TEST_CASE("pins in the home of the password database are seen to change", "[outside-home]") {
    const Machine machine;
    const std::string file = (machine.elsewhere.path() / ".demo" / "known").string();
    const OutsideHome fresh = machine.watch();
    CHECK(fresh.changed().empty());
    machine.pin(machine.elsewhere, "a1\n");
    CHECK(fresh.changed() == file);
    const OutsideHome again = machine.watch();
    machine.pin(machine.elsewhere, "b2\n");
    CHECK(again.changed() == file);
}

TEST_CASE("pins in the home of the case are no matter, nor are other files outside", "[outside-home]") {
    const Machine machine;
    const OutsideHome watch = machine.watch();
    machine.pin(machine.home, "a1\n");
    std::ofstream(machine.elsewhere.path() / "other") << "text";
    CHECK(watch.changed().empty());
}

TEST_CASE("what is to be forgotten is looked at too, patterns and files elsewhere are not",
          "[outside-home]") {
    Machine machine;
    machine.client.pins.reset();
    machine.client.forget = {"{home}/.demo/known", ".demo/k*", "/somewhere/else"};
    const OutsideHome watch = machine.watch();
    machine.pin(machine.elsewhere, "a1\n");
    CHECK_FALSE(watch.changed().empty());
}

TEST_CASE("a client whose home is that of the case has no other", "[outside-home]") {
    Machine machine;
    const OutsideHome watch(machine.client, "strict", machine.place, machine.place.home);
    machine.pin(machine.home, "a1\n");
    CHECK(watch.changed().empty());
}

TEST_CASE("a visit that writes pins outside says so in its record", "[outside-home]") {
    const Machine machine;
    const std::string known = (machine.elsewhere.path() / ".demo" / "known").string();
    Client client = machine.client;
    client.driver = "exec";
    client.run = {"sh", "-c", "echo a1 >>" + known};
    ExecDriver driver(client, machine.elsewhere.path());
    CHECK(visit(driver, attempt_at(machine.home)).outside == known);
    client.run = {"true"};
    CHECK(visit(driver, attempt_at(machine.home)).outside.empty());
}

}  // namespace guise::clients::outside_home_test
