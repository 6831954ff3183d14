#include "clients/home.hpp"

#include "base/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

namespace guise::clients::home_test {

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
    std::ostringstream out;
    out << std::ifstream(file).rdbuf();
    return out.str();
}

}  // namespace

TEST_CASE("a home has its files and a place for temporary ones, and belongs to its user", "[home]") {
    const TemporaryFolder parent;
    const fs::path home = parent.path() / "case" / "home";
    CHECK(make_home(home, {{".demo/rc", "text\n"}, {"hosts", "127.0.0.1 x\n"}}).empty());
    CHECK(text_of(home / ".demo/rc") == "text\n");
    CHECK(fs::is_directory(home / "tmp"));
    CHECK(fs::status(home).permissions() == fs::perms::owner_all);
    CHECK(fs::status(home / "hosts").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("making a home again replaces its files and keeps what the client wrote", "[home]") {
    const TemporaryFolder home;
    CHECK(make_home(home.path(), {{"rc", "a long first text"}}).empty());
    std::ofstream(home.path() / "pins") << "pin";
    CHECK(make_home(home.path(), {{"rc", "second"}}).empty());
    CHECK(text_of(home.path() / "rc") == "second");
    CHECK(text_of(home.path() / "pins") == "pin");
}

TEST_CASE("a home that cannot be made is a problem with its path", "[home]") {
    const Problems problems = make_home("/dev/null/home", {});
    REQUIRE(problems.list.size() == 1);
    CHECK(problems.text().find("/dev/null/home") != std::string::npos);
}

TEST_CASE("a temporary home is gone with its owner", "[home]") {
    fs::path path;
    {
        const TemporaryFolder home;
        path = home.path();
        std::ofstream(path / "file") << "text";
        CHECK(fs::exists(path / "file"));
    }
    CHECK_FALSE(fs::exists(path));
}

}  // namespace guise::clients::home_test
