#include "base/own_folder.hpp"

#include "base/folder.hpp"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

namespace guise::own_folder_test {

namespace fs = std::filesystem;
using After = OwnFolder::After;
using test::Folder;

namespace {

OwnFolder make(const fs::path& dir, After after = After::removed) {
    auto out = OwnFolder::make(dir, "homes", after);
    REQUIRE(out.has_value());
    return std::move(*out);
}

}  // namespace

TEST_CASE("a folder is removed with all that is in it", "[own_folder]") {
    const Folder folder;
    OwnFolder homes = make(folder.path / "out");
    CHECK(homes.path() == folder.path / "out" / "homes");
    fs::create_directories(homes.path() / "curl" / "strict");
    test::put(homes.path() / "curl" / "strict" / "pins", "pin");
    homes.remove();
    CHECK(fs::is_empty(folder.path / "out"));
}

TEST_CASE("somebody's folder of that name is left alone", "[own_folder]") {
    const Folder folder;
    fs::create_directories(folder.path / "homes" / "alice");
    test::put(folder.path / "homes" / "alice" / "thesis.txt", "precious");
    OwnFolder homes = make(folder.path);
    CHECK(homes.path() == folder.path / "homes-2");
    homes.remove();
    CHECK(folder.names() == std::vector<std::string>{"homes"});
    CHECK(test::content(folder.path / "homes" / "alice" / "thesis.txt") == "precious");
}

TEST_CASE("a file or a link of that name is left alone", "[own_folder]") {
    const Folder folder, elsewhere;
    test::put(folder.path / "homes", "a list of homes");
    test::put(elsewhere.path / own_folder_marker, "");
    test::put(elsewhere.path / "precious", "text");
    fs::create_directory_symlink(elsewhere.path, folder.path / "homes-2");
    OwnFolder homes = make(folder.path);
    CHECK(homes.path() == folder.path / "homes-3");
    homes.remove();
    CHECK(folder.names() == std::vector<std::string>{"homes", "homes-2"});
    CHECK(test::content(elsewhere.path / "precious") == "text");
}

TEST_CASE("a folder that is kept survives later ones", "[own_folder]") {
    const Folder folder;
    {
        OwnFolder kept = make(folder.path, After::kept);
        test::put(kept.path() / "pins", "pin");
        kept.remove();
    }
    OwnFolder later = make(folder.path);
    CHECK(later.path() == folder.path / "homes-2");
    later.remove();
    CHECK(make(folder.path, After::kept).path() == folder.path / "homes-2");
    CHECK(test::content(folder.path / "homes" / "pins") == "pin");
}

TEST_CASE("what a killed process has left is emptied and used again", "[own_folder]") {
    const Folder folder;
    if (const pid_t child = ::fork(); child == 0) {
        const auto left = OwnFolder::make(folder.path, "homes", After::removed);
        test::put(left->path() / "pins", "pin");
        ::_exit(0);
    } else {
        ::waitpid(child, nullptr, 0);
    }
    CHECK(fs::exists(folder.path / "homes" / "pins"));
    CHECK(make(folder.path).path() == folder.path / "homes");
    CHECK_FALSE(fs::exists(folder.path / "homes" / "pins"));
}

TEST_CASE("two at one time do not share a folder", "[own_folder]") {
    const Folder folder;
    OwnFolder first = make(folder.path);
    OwnFolder second = make(folder.path);
    CHECK(first.path() != second.path());
    CHECK(second.path() == folder.path / "homes-2");
}

TEST_CASE("a folder that cannot be made is said with the cause", "[own_folder]") {
    const Folder folder;
    test::put(folder.path / "out", "in the way");
    const auto made = OwnFolder::make(folder.path / "out", "homes", After::removed);
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().text() ==
          "cannot make the folder " + (folder.path / "out").string() + ": Not a directory\n");
}

}  // namespace guise::own_folder_test
