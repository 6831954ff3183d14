#include "base/line_reader.hpp"

#include "base/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <vector>

namespace guise::line_reader_test {
namespace {

using Got = LineReader::Got;

struct Place {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "file";

    explicit Place(const std::string& text) { std::ofstream(file, std::ios::binary) << text; }
    LineReader reader(std::size_t longest) const { return LineReader(open_file(file).value(), longest); }
};

// The lines, and how it ended.
std::pair<std::vector<std::string>, Got> all(LineReader reader) {
    std::vector<std::string> lines;
    std::string line;
    Got got = reader.next(line);
    for (; got == Got::line; got = reader.next(line)) lines.push_back(line);
    if (got == Got::unfinished) lines.push_back(line);
    return {lines, got};
}

TEST_CASE("the lines of a file come in their order", "[line-reader]") {
    CHECK(all(Place("a\n\nb\r\n").reader(10)) ==
          std::pair(std::vector<std::string>{"a", "", "b\r"}, Got::end));
    CHECK(all(Place("").reader(10)) == std::pair(std::vector<std::string>{}, Got::end));
}

TEST_CASE("a last line without its end is said to be unfinished", "[line-reader]") {
    CHECK(all(Place("a\nb").reader(10)) == std::pair(std::vector<std::string>{"a", "b"}, Got::unfinished));
}

TEST_CASE("a line as long as the limit is read, and a longer one ends the reading", "[line-reader]") {
    CHECK(all(Place("12345\n12345").reader(5)).second == Got::unfinished);
    CHECK(all(Place("1\n123456\n1\n").reader(5)) == std::pair(std::vector<std::string>{"1"}, Got::too_long));
    CHECK(all(Place("123456").reader(5)).second == Got::too_long);
    CHECK(all(Place(std::string(3 << 20, 'x')).reader(1 << 20)).second == Got::too_long);
}

TEST_CASE("lines longer than what is read at once are put together", "[line-reader]") {
    const std::string longer(700'000, 'x');
    CHECK(all(Place(longer + "\n" + longer + "\nend\n").reader(1 << 20)).first ==
          std::vector<std::string>{longer, longer, "end"});
}

TEST_CASE("reading can go on from the beginning of any line", "[line-reader]") {
    const Place place("first\nsecond\nthird\n");
    LineReader reader = place.reader(10);
    std::string line;
    while (reader.next(line) != Got::end) {
    }
    reader.seek(6);
    CHECK(reader.next(line) == Got::line);
    CHECK(line == "second");
    reader.seek(0);
    CHECK(reader.next(line) == Got::line);
    CHECK(line == "first");
}

}  // namespace
}  // namespace guise::line_reader_test
