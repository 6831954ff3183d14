#include "server/trust_file.hpp"

#include "server/kit.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

namespace guise::server::trust_file_test {
namespace {

std::string content(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("a trust file holds what is to be trusted", "[trust_file]") {
    const TemporaryFolder folder;
    CHECK(content(trust_file(folder.path(), "a root\n").value()) == "a root\n");
    CHECK(content(trust_file(folder.path(), "").value()).empty());
}

TEST_CASE("those that trust the same share a file", "[trust_file]") {
    const TemporaryFolder folder;
    const std::string one = trust_file(folder.path(), "a root").value();
    CHECK(trust_file(folder.path(), "a root").value() == one);
    CHECK(trust_file(folder.path(), "another").value() != one);
}

TEST_CASE("a trust file that cannot be written is named", "[trust_file]") {
    const auto file = trust_file("/nowhere", "a root");
    REQUIRE(file.has_error());
    CHECK_THAT(file.error().text(), Catch::StartsWith("cannot write /nowhere/trust-") &&
                                        Catch::EndsWith(": No such file or directory\n"));
}

TEST_CASE("a trust file that was cut short, as by a full disk, is written again", "[trust_file]") {
    const TemporaryFolder folder;
    const std::string file = trust_file(folder.path(), "a root").value();
    std::ofstream(file, std::ios::trunc) << "a r";
    CHECK(trust_file(folder.path(), "a root").value() == file);
    CHECK(content(file) == "a root");
}

TEST_CASE("a trust file that is a link into somewhere else is not trusted unread", "[trust_file]") {
    const TemporaryFolder folder;
    const std::string file = trust_file(folder.path(), "a root").value();
    std::filesystem::remove(file);
    std::ofstream(folder.path() / "other") << "another root";
    std::filesystem::create_symlink("other", file);
    CHECK(content(trust_file(folder.path(), "a root").value()) == "a root");
}

}  // namespace guise::server::trust_file_test
