#include "base/write_text.hpp"

#include "base/folder.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace guise::write_text_test {

namespace fs = std::filesystem;
using test::content;
using test::Folder;

TEST_CASE("a file holds what was written last, byte for byte", "[write_text]") {
    const Folder folder;
    const std::string bytes("a\r\n\0b", 5);
    CHECK(write_text(folder.path / "file", "longer than what follows").empty());
    CHECK(write_text(folder.path / "file", bytes).empty());
    CHECK(content(folder.path / "file") == bytes);
    CHECK(write_text(folder.path / "file", "").empty());
    CHECK(content(folder.path / "file").empty());
    CHECK(folder.names() == std::vector<std::string>{"file"});
}

TEST_CASE("a file that cannot be written is named, with the cause", "[write_text]") {
    const Folder folder;
    const fs::path nowhere = folder.path / "nowhere" / "file";
    CHECK(write_text(nowhere, "text").text() ==
          "cannot write " + nowhere.string() + ": No such file or directory\n");
    CHECK(write_text(folder.path, "text").text() ==
          "cannot write " + folder.path.string() + ": Is a directory\n");
}

TEST_CASE("a disk that is full is said in the words of the system", "[write_text]") {
    CHECK(write_text("/dev/full", "text").text() == "cannot write /dev/full: No space left on device\n");
    CHECK_FALSE(write_text("/dev/full", std::string(1 << 20, 'x')).empty());
}

TEST_CASE("what is no regular file is written as it is", "[write_text]") {
    const Folder folder;
    const fs::path pipe = folder.path / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
    CHECK(write_text(pipe, "text").empty());
    char read[8] = {};
    CHECK(::read(reader, read, sizeof read) == 4);
    ::close(reader);
    CHECK(fs::is_fifo(pipe));
}

TEST_CASE("a folder is made with those above it, and may be there", "[write_text]") {
    const Folder folder;
    CHECK(make_folder(folder.path / "a" / "b").empty());
    CHECK(make_folder(folder.path / "a" / "b").empty());
    CHECK(fs::is_directory(folder.path / "a" / "b"));
    CHECK(write_text(folder.path / "file", "text").empty());
    const std::string below = (folder.path / "file" / "b").string();
    CHECK(make_folder(below).text() == "cannot make the folder " + below + ": Not a directory\n");
}

}  // namespace guise::write_text_test
