#include "base/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

namespace guise::temporary_folder_test {

namespace fs = std::filesystem;

TEST_CASE("a temporary folder is gone at the end, with all that is in it", "[temporary_folder]") {
    fs::path path;
    {
        const TemporaryFolder folder;
        path = folder.path();
        REQUIRE(fs::is_directory(path));
        fs::create_directories(path / "a" / "b");
        std::ofstream(path / "a" / "b" / "file") << "text";
    }
    CHECK_FALSE(fs::exists(path));
}

TEST_CASE("no two temporary folders are one", "[temporary_folder]") {
    const TemporaryFolder one, other;
    CHECK(one.path() != other.path());
}

}  // namespace guise::temporary_folder_test
