#include "base/fresh_file.hpp"

#include "base/folder.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

namespace guise::fresh_file_test {

namespace fs = std::filesystem;
using test::content;
using test::Folder;

namespace {

FreshFile beside(const fs::path& file) {
    auto out = FreshFile::beside(file);
    REQUIRE(out.has_value());
    return std::move(*out);
}

}  // namespace

TEST_CASE("a reader sees the old file until the new one is put in place", "[fresh_file]") {
    const Folder folder;
    const fs::path file = folder.path / "file";
    test::put(file, "old");
    FreshFile fresh = beside(file);
    CHECK(fresh.write("new ").empty());
    CHECK(fresh.write("text").empty());
    CHECK(content(file) == "old");
    CHECK(fresh.put_in_place().empty());
    CHECK(content(file) == "new text");
    CHECK(folder.names() == std::vector<std::string>{"file"});
}

TEST_CASE("a file that is not put in place leaves nothing behind", "[fresh_file]") {
    const Folder folder;
    { const FreshFile fresh = beside(folder.path / "file"); }
    CHECK(folder.names().empty());
}

TEST_CASE("a file that takes no more leaves the old one whole", "[fresh_file]") {
    const Folder folder;
    const fs::path file = folder.path / "file";
    test::put(file, "old");
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit little{16, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &little);
    std::string said;
    {
        FreshFile fresh = beside(file);
        said = fresh.write(std::string(4096, 'x')).text();
    }
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    CHECK(said == "cannot write " + file.string() + ": File too large\n");
    CHECK(content(file) == "old");
    CHECK(folder.names() == std::vector<std::string>{"file"});
}

TEST_CASE("the file that a link leads to is replaced, and the link stays", "[fresh_file]") {
    const Folder folder;
    const fs::path link = folder.path / "link";
    test::put(folder.path / "file", "old");
    fs::create_symlink("file", link);
    FreshFile fresh = beside(link);
    CHECK(fresh.write("new").empty());
    CHECK(fresh.put_in_place().empty());
    CHECK(fs::is_symlink(link));
    CHECK(content(folder.path / "file") == "new");
}

TEST_CASE("the rights of the file that is replaced stay", "[fresh_file]") {
    const Folder folder;
    const fs::path file = folder.path / "file";
    test::put(file, "old");
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    CHECK(beside(file).put_in_place().empty());
    CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("the descriptor outlives the move to its place", "[fresh_file]") {
    const Folder folder;
    FreshFile fresh = beside(folder.path / "file");
    const int descriptor = fresh.take_descriptor();
    CHECK(fresh.put_in_place().empty());
    CHECK(write_all(descriptor, "later"));
    ::close(descriptor);
    CHECK(content(folder.path / "file") == "later");
}

}  // namespace guise::fresh_file_test
