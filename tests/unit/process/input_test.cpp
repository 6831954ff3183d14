#include "process/input.hpp"

#include "process/kit.hpp"
#include "process/output.hpp"
#include "process/running.hpp"

#include <boost/asio/io_context.hpp>

namespace guise::process::input_test {

namespace asio = boost::asio;

namespace {

// What a script answers to its input.
struct Talk {
    asio::io_context io;
    std::string text;
    Running running{io.get_executor()};
    Input input{io.get_executor()};
    Output output{io.get_executor(), text, {}};

    Talk(const std::string& script, bool stays_open) {
        Spawned spawned = started(script);
        running.take(spawned);
        input.take(std::move(spawned.input), stays_open);
        output.take(std::move(spawned.output));
        output.read(nullptr);
    }
};

}  // namespace

TEST_CASE("an input that does not stay open ends with what was written", "[input]") {
    Talk talk("wc -c", false);
    talk.input.write(std::string(300'000, 'x'), nullptr);
    talk.io.run();
    CHECK(talk.text.find("300000") != std::string::npos);
}

TEST_CASE("an input without anything to write ends at once", "[input]") {
    Talk talk("cat; echo end", false);
    talk.input.write("", nullptr);
    talk.io.run();
    CHECK(talk.text == "end\n");
}

TEST_CASE("what is written to an input that stays open arrives in order", "[input]") {
    Talk talk("read a; read b; echo $a $b", true);
    talk.input.write("one\n", nullptr);
    talk.input.write("two\n", nullptr);
    talk.io.run();
    CHECK(talk.text == "one two\n");
}

TEST_CASE("a process that reads no more costs nothing", "[input]") {
    Talk talk("exec <&-; echo closed", true);
    for (int i = 0; i < 10; ++i) talk.input.write(std::string(100'000, 'x'), nullptr);
    talk.io.run();
    talk.input.write("late", nullptr);
    CHECK(talk.text == "closed\n");
}

}  // namespace guise::process::input_test
