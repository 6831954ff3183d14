#include "report/stream_results.hpp"

#include "base/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

namespace guise::report::stream_results_test {

using nlohmann::ordered_json;

namespace {

struct Place {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "results.jsonl";

    explicit Place(const std::string& text) { std::ofstream(file, std::ios::binary) << text; }
};

constexpr const char* start = "{\"type\":\"run.start\"}\n";
constexpr const char* visit = "{\"type\":\"visit\",\"evidence\":{\"a\":1},\"more\":{\"evidence\":2}}\n";

}  // namespace

TEST_CASE("each record is given in its order, with its place in the file", "[stream]") {
    const Place place(std::string(start) + visit);
    std::ifstream file(place.file);
    std::vector<std::string> seen;
    const auto cut = stream_results(place.file, [&](const ordered_json& record, std::streamoff at) {
        std::string line;
        file.seekg(at);
        std::getline(file, line);
        CHECK(ordered_json::parse(line) == record);
        seen.push_back(record["type"]);
    });
    REQUIRE(cut.has_value());
    CHECK_FALSE(*cut);
    CHECK(seen == std::vector<std::string>{"run.start", "visit"});
}

TEST_CASE("evidence can be passed over, and nothing else is", "[stream]") {
    const Place place(std::string(start) + visit);
    std::string last;
    const auto take = [&](const ordered_json& record, std::streamoff) { last = record.dump(); };
    REQUIRE(stream_results(place.file, take, Evidence::passed_over).has_value());
    CHECK(last == R"({"type":"visit","more":{"evidence":2}})");
}

TEST_CASE("an incomplete last line is told and not given", "[stream]") {
    const Place place(std::string(start) + "{\"type\":\"vis");
    int count = 0;
    const auto cut = stream_results(place.file, [&](const ordered_json&, std::streamoff) { ++count; });
    REQUIRE(cut.has_value());
    CHECK(*cut);
    CHECK(count == 1);
}

TEST_CASE("what the reader throws is a problem of its line", "[stream]") {
    const Place place(std::string(start) + visit);
    const auto read = stream_results(place.file, [](const ordered_json& record, std::streamoff) {
        if (record.at("type") == "visit") throw std::invalid_argument("a visit");
    });
    REQUIRE_FALSE(read.has_value());
    CHECK_THAT(read.error().text(), Catch::EndsWith(":2:1: expected a record of a run, found a visit\n"));
}

TEST_CASE("a line that is nested too deep is a problem of its line", "[stream]") {
    const auto nested = [](std::size_t depth) {
        return "{\"type\":\"visit\",\"evidence\":" + std::string(depth, '[') + std::string(depth, ']') +
               "}\n";
    };
    const auto take = [](const ordered_json&, std::streamoff) {};
    for (const Evidence evidence : {Evidence::wanted, Evidence::passed_over}) {
        CHECK(stream_results(Place(start + nested(63)).file, take, evidence).has_value());
        const auto read = stream_results(Place(start + nested(100'000)).file, take, evidence);
        REQUIRE_FALSE(read.has_value());
        CHECK_THAT(read.error().text(),
                   Catch::EndsWith(":2:1: expected a record of a run, found a line that is "
                                   "nested more than 64 levels deep\n"));
    }
}

TEST_CASE("a line without an end is not read beyond the limit", "[stream]") {
    const auto take = [](const ordered_json&, std::streamoff) {};
    const auto read = stream_results(Place(start + std::string(record_limits.bytes + 1, ' ')).file, take);
    REQUIRE_FALSE(read.has_value());
    CHECK_THAT(read.error().text(),
               Catch::EndsWith(":2:1: expected a record of a run, found a line of more than 64 MiB\n"));
}

TEST_CASE("a device or a folder in the place of results is refused", "[stream]") {
    const auto take = [](const ordered_json&, std::streamoff) {};
    CHECK(stream_results("/dev/zero", take).error().text() ==
          "/dev/zero: expected a readable results.jsonl, found a device\n");
    CHECK(stream_results("/dev", take).error().text() ==
          "/dev: expected a readable results.jsonl, found a folder\n");
}

TEST_CASE("a run is named by its file or by its folder", "[stream]") {
    const Place place(start);
    CHECK(results_file_of(place.folder.path()) == place.file);
    CHECK(results_file_of(place.file) == place.file);
    CHECK(results_file_of("nowhere") == "nowhere");
}

}  // namespace guise::report::stream_results_test
