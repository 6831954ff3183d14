#include "base/write_text.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace guise;
namespace fs = std::filesystem;

namespace {

struct Folder {
    Folder() {
        std::string name = (fs::temp_directory_path() / "guise-write-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    fs::path path;
};

std::string content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("a file holds what was written last, octet for octet", "[write_text]") {
    const Folder folder;
    const std::string octets("a\r\n\0b", 5);
    CHECK(write_text(folder.path / "file", "longer than what follows").empty());
    CHECK(write_text(folder.path / "file", octets).empty());
    CHECK(content(folder.path / "file") == octets);
    CHECK(write_text(folder.path / "file", "").empty());
    CHECK(content(folder.path / "file").empty());
}

TEST_CASE("a file that cannot be written is named, with what was expected", "[write_text]") {
    const Folder folder;
    const fs::path nowhere = folder.path / "nowhere" / "file";
    CHECK(write_text(nowhere, "text").text() ==
          nowhere.string() + ": expected a file that can be written, found none\n");
    CHECK(write_text(folder.path, "text", "a file (--out)").text() ==
          folder.path.string() + ": expected a file (--out), found none\n");
}

TEST_CASE("a disk that is full is a file that cannot be written", "[write_text]") {
    CHECK_FALSE(write_text("/dev/full", "text").empty());
    CHECK_FALSE(write_text("/dev/full", std::string(1 << 20, 'x')).empty());
}
