#include "base/read_file.hpp"

#include "base/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sys/stat.h>

namespace guise::read_file_test {
namespace {

struct Place {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "file";

    explicit Place(const std::string& text) { std::ofstream(file, std::ios::binary) << text; }
};

std::string error_of(const std::filesystem::path& file) {
    const auto text = read_file(file);
    return text ? "" : text.error().text();
}

TEST_CASE("a file is read whole, whatever it holds", "[read-file]") {
    const std::string text = std::string("a\0b\r\n", 5) + std::string(200'000, 'x');
    const Place place(text);
    CHECK(*read_file(place.file) == text);
    CHECK(*read_file(Place("").file) == "");
    CHECK(text_of_file(place.file) == text);
    CHECK(text_of_file("nowhere").empty());
}

TEST_CASE("a file as large as the limit is read, and a larger one is refused", "[read-file]") {
    const Place place(std::string(1 << 20, 'x'));
    CHECK(read_file(place.file, {1 << 20, {}, "a file"}).has_value());
    CHECK(read_file(place.file, {(1 << 20) - 1, "it", "a file"}).error().text() ==
          "it: expected a file, found one of more than 1048575 bytes\n");
    CHECK(read_file("/proc/self/maps").has_value());
}

TEST_CASE("what is no regular file is refused without waiting for it", "[read-file]") {
    const Place place("");
    const auto pipe = place.folder.path() / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(error_of(pipe) == pipe.string() + ": expected a readable file, found a pipe\n");
    CHECK(error_of("/dev/zero") == "/dev/zero: expected a readable file, found a device\n");
    CHECK(error_of(place.folder.path()).ends_with("found a folder\n"));
    CHECK(error_of("nowhere") == "nowhere: expected a readable file, found none\n");
    CHECK(error_of(place.file / "below") ==
          (place.file / "below").string() + ": expected a readable file, found Not a directory\n");
}

TEST_CASE("a link is followed to a file, and not to a device", "[read-file]") {
    const Place place("text");
    const auto link = place.folder.path() / "link", zero = place.folder.path() / "zero";
    std::filesystem::create_symlink(place.file, link);
    std::filesystem::create_symlink("/dev/zero", zero);
    CHECK(*read_file(link) == "text");
    CHECK(error_of(zero).ends_with("found a device\n"));
}

TEST_CASE("a part of a file is read up to a limit", "[read-file]") {
    const Place place("0123456789");
    CHECK(read_part(place.file, 0, 100) == "0123456789");
    CHECK(read_part(place.file, 3, 4) == "3456");
    CHECK(read_part(place.file, 10, 4).empty());
    CHECK(read_part(place.file, 100, 4).empty());
    CHECK(read_part("/dev/zero", 0, 4).empty());
    CHECK(read_part("nowhere", 0, 4).empty());
}

}  // namespace
}  // namespace guise::read_file_test
