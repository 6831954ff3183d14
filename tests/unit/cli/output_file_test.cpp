#include "cli/output_file.hpp"

#include "run/kit.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <sys/stat.h>

namespace guise::cli::output_file_test {

namespace kit = guise::kit;

namespace {

struct Place {
    TemporaryFolder folder;
    std::string path = folder.path() / "key.pem";

    [[nodiscard]] bool exists() const { return std::filesystem::exists(path); }
    [[nodiscard]] unsigned mode() const {
        struct stat about {};
        REQUIRE(::stat(path.c_str(), &about) == 0);
        return about.st_mode & 0777;
    }
};

}  // namespace

TEST_CASE("a file has its mode also where others could read what was there", "[output_file]") {
    const Place place;
    const bool overwrites = GENERATE(false, true);
    if (overwrites) {
        kit::write(place.path, "something longer that was there before");
        std::filesystem::permissions(place.path, std::filesystem::perms(0640));
    }
    const mode_t mode = GENERATE(0600, 0644);
    OutputFile file(place.path, overwrites, mode);
    REQUIRE(file.open().empty());
    REQUIRE(file.write("secret").empty());
    CHECK(place.mode() == mode);
    CHECK(kit::content_of(place.path) == "secret");
}

TEST_CASE("a file that exists is left as it is", "[output_file]") {
    const Place place;
    kit::write(place.path, "before");
    {
        OutputFile file(place.path, false, 0600);
        CHECK(file.open().text() == "cannot write " + place.path + ": File exists (--force overwrites it)\n");
    }
    CHECK(kit::content_of(place.path) == "before");
    {
        OutputFile file(place.path, true, 0600);
        CHECK(file.open().empty());  // and nothing is written
    }
    CHECK(kit::content_of(place.path) == "before");
}

TEST_CASE("a new file that is not written is gone", "[output_file]") {
    const Place place;
    {
        OutputFile file(place.path, false, 0600);
        CHECK(file.open().empty());
        CHECK(place.exists());
    }
    CHECK_FALSE(place.exists());
}

TEST_CASE("no path is no file, and no problem", "[output_file]") {
    OutputFile file("", false, 0600);
    CHECK(file.open().empty());
    CHECK(file.write("secret").empty());
}

}  // namespace guise::cli::output_file_test
