#include "base/own_file.hpp"

#include "base/folder.hpp"

#include <catch2/catch.hpp>

namespace guise::own_file_test {

using test::Folder;

TEST_CASE("a file without the mark of guise is somebody else's", "[own_file]") {
    const Folder folder;
    const auto file = folder.path / "summary.md";
    test::put(file, "# My summary\n");
    CHECK_FALSE(may_overwrite(file, "# guise: "));
    test::put(file, "# guise: as expected\n");
    CHECK(may_overwrite(file, "# guise: "));
}

TEST_CASE("a mark far down in a file says nothing about who wrote it", "[own_file]") {
    const Folder folder;
    const auto file = folder.path / "summary.md";
    test::put(file, std::string(5000, ' ') + "# guise: as expected\n");
    CHECK_FALSE(may_overwrite(file, "# guise: "));
}

TEST_CASE("where there is nothing to lose a file may be written", "[own_file]") {
    const Folder folder;
    test::put(folder.path / "empty", "");
    CHECK(may_overwrite(folder.path / "empty", "mark"));
    CHECK(may_overwrite(folder.path / "absent", "mark"));
    CHECK(may_overwrite(folder.path, "mark"));  // writing it fails by itself
    CHECK(may_overwrite("/dev/null", "mark"));
}

TEST_CASE("the message for somebody else's file says how to go on", "[own_file]") {
    CHECK(foreign_file("out/summary.md", "choose another --out").text() ==
          "cannot write out/summary.md: the file exists and was not written by guise; choose another --out");
}

}  // namespace guise::own_file_test
