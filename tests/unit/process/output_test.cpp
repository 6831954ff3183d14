#include "process/output.hpp"

#include "process/kit.hpp"
#include "process/running.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>

namespace guise::process::output_test {

namespace asio = boost::asio;

namespace {

// The standard output of a script, read to its end.
struct Heard {
    asio::io_context io;
    std::string text;
    std::size_t bytes = 0;
    int ends = 0;
    Running running{io.get_executor()};
    std::function<void()> at_bytes;
    Output output{io.get_executor(), text, [this](std::string_view piece) {
                      bytes += piece.size();
                      if (at_bytes) at_bytes();
                  }};

    explicit Heard(const std::string& script) {
        Spawned spawned = started(script);
        running.take(spawned);
        output.take(std::move(spawned.output));
    }
    void read() {
        output.read(nullptr, [this] { ++ends; });
        io.run();
    }
};

}  // namespace

TEST_CASE("all of an output is told, and the beginning kept", "[output]") {
    Heard heard("head -c 200000 /dev/zero | tr '\\0' x");
    heard.read();
    CHECK(heard.bytes == 200'000);
    CHECK(heard.text == std::string(Output::kept, 'x'));
    CHECK(heard.ends == 1);
}

TEST_CASE("what is in the pipe is collected after the end of the process", "[output]") {
    Heard heard("echo last words");
    guise::evidence::ProcessRecord record;
    while (!heard.running.has_ended()) {
    }
    heard.running.reap(record);
    heard.output.drain();
    CHECK(heard.text == "last words\n");
}

TEST_CASE("an output may be closed by whoever is given its bytes", "[output]") {
    Heard heard("echo one; exec sleep 60");
    heard.at_bytes = [&] { heard.output.close(); };
    heard.read();
    CHECK(heard.text == "one\n");
    CHECK(heard.ends == 0);
}

}  // namespace guise::process::output_test
