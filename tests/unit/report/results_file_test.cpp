#include "report/results_file.hpp"

#include "base/temporary_folder.hpp"
#include "report/approved.hpp"
#include "report/synthetic.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace guise::report::results_file_test {

using namespace guise::evidence;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> lines_of(const fs::path& file) {
    std::vector<std::string> out;
    std::istringstream text(content_of(file));
    for (std::string line; std::getline(text, line);) out.push_back(line);
    return out;
}

// The working directory while a test runs, and the old one afterwards.
class InDirectory {
 public:
    explicit InDirectory(const fs::path& dir) : before_(fs::current_path()) { fs::current_path(dir); }
    ~InDirectory() { fs::current_path(before_); }

 private:
    fs::path before_;
};

}  // namespace

TEST_CASE("every record is one line, in the order of writing", "[results]") {
    const TemporaryFolder home;
    const fs::path path = home.path() / "results.jsonl";
    auto file = ResultsFile::create(path);
    REQUIRE(file.has_value());
    const Results results = synthetic::every_verdict();
    CaseRecord record = results.cases[0];
    record.judgement.sentence = "Two\nlines.";
    file->write(results.start);
    file->write(VisitRecord{});
    file->write(record);
    file->write(results.sessions[0]);
    file->write(results.end);
    std::vector<std::string> types;
    for (const std::string& line : lines_of(path)) types.push_back(nlohmann::json::parse(line)["type"]);
    CHECK(types == std::vector<std::string>{"run.start", "visit", "case", "session.end", "run.end"});
    CHECK(content_of(path).ends_with("}\n"));
    CHECK(file->failure().empty());
}

TEST_CASE("a record can be read as soon as it was written", "[results]") {
    const TemporaryFolder home;
    const fs::path path = home.path() / "results.jsonl";
    auto file = ResultsFile::create(path);
    REQUIRE(file.has_value());
    for (std::size_t written = 1; written <= 3; ++written) {
        file->write(SessionEnd{});
        CHECK(lines_of(path).size() == written);
    }
}

TEST_CASE("the folder of the results is made, with those above it", "[results]") {
    const TemporaryFolder home;
    const fs::path path = home.path() / "a" / "b" / "results.jsonl";
    REQUIRE(ResultsFile::create(path).has_value());
    CHECK(fs::is_regular_file(path));
}

TEST_CASE("results in the working directory need no folder", "[results]") {
    const TemporaryFolder home;
    const InDirectory there(home.path());
    CHECK(ResultsFile::create("results.jsonl").has_value());
    CHECK(fs::is_regular_file(home.path() / "results.jsonl"));
}

TEST_CASE("results of an earlier run are replaced", "[results]") {
    const TemporaryFolder home;
    const fs::path path = home.path() / "results.jsonl";
    std::ofstream(path) << "old\n";
    REQUIRE(ResultsFile::create(path).has_value());
    CHECK(content_of(path).empty());
}

TEST_CASE("a folder that cannot be made is a problem with its reason", "[results]") {
    const TemporaryFolder home;
    std::ofstream(home.path() / "file") << "in the way";
    const fs::path path = home.path() / "file" / "results.jsonl";
    const auto file = ResultsFile::create(path);
    REQUIRE_FALSE(file.has_value());
    CHECK(file.error().text() == "cannot write " + path.string() + ": Not a directory\n");
}

TEST_CASE("a place that is no file is a problem with its reason", "[results]") {
    const TemporaryFolder home;
    const auto file = ResultsFile::create(home.path());
    REQUIRE_FALSE(file.has_value());
    CHECK(file.error().text() == "cannot write " + home.path().string() + ": Is a directory\n");
}

TEST_CASE("a full disk is said, and nothing is written after it", "[results]") {
    auto file = ResultsFile::create("/dev/full");
    REQUIRE(file.has_value());
    CHECK(file->failure().empty());
    file->write(SessionEnd{});
    CHECK(file->failure() == "No space left on device");
    file->write(RunEnd{});
    CHECK(file->failure() == "No space left on device");
}

TEST_CASE("a text that is no UTF-8 does not keep a record from being written", "[results]") {
    const TemporaryFolder home;
    const fs::path path = home.path() / "results.jsonl";
    auto file = ResultsFile::create(path);
    REQUIRE(file.has_value());
    CaseRecord record = synthetic::failed();
    record.judgement.sentence = "The client said \xff.";
    file->write(record);
    CHECK(nlohmann::json::parse(content_of(path))["sentence"] == "The client said \xef\xbf\xbd.");
}

TEST_CASE("a run that is resumed keeps the ended sessions and leaves no file beside", "[results]") {
    const TemporaryFolder home;
    const fs::path path = home.path() / "results.jsonl";
    std::ofstream(path) << R"({"type":"run.start"})"
                           "\n"
                        << R"({"type":"case","session":"ended"})"
                           "\n"
                        << R"({"type":"case","session":"cut off"})"
                           "\n"
                        << R"({"type":"case","ses)";
    auto file = ResultsFile::resume(path, {"ended"});
    REQUIRE(file.has_value());
    file->write(SessionEnd{});
    CHECK(lines_of(path).size() == 3);
    CHECK(lines_of(path)[1] == R"({"type":"case","session":"ended"})");
    CHECK(std::distance(fs::directory_iterator(home.path()), fs::directory_iterator()) == 1);
}

}  // namespace guise::report::results_file_test
