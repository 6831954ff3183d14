#include "docs/write_site.hpp"

#include "docs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::docs::write_site_test {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

namespace {

struct Place {
    guise::TemporaryFolder folder;
    fs::path dir = folder.path() / "docs";
};

// What is wrong with writing there.
std::string refusal(const fs::path& dir, const Files& files = {{"index.html", "x"}}) {
    const auto written = write_site(dir, files);
    return written ? "" : written.error().text();
}

}  // namespace

TEST_CASE("the files are written into a folder that is made for them", "[write-site]") {
    const Place place;
    CHECK(refusal(place.dir, {{"index.html", "one"}, {"a/b.html", "two"}}).empty());
    CHECK(page_kit::content_of(place.dir / "a/b.html") == "two");
    CHECK(page_kit::content_of(place.dir / own_list) == "a/b.html\nindex.html\n");
}

TEST_CASE("pages that are no more are removed, with folders that are empty then", "[write-site]") {
    const Place place;
    CHECK(refusal(place.dir, {{"index.html", "one"}, {"a/b/c.html", "two"}}).empty());
    CHECK(refusal(place.dir, {{"index.html", "new"}}).empty());
    CHECK(page_kit::content_of(place.dir / "index.html") == "new");
    CHECK_FALSE(fs::exists(place.dir / "a"));
}

TEST_CASE("a folder with files of others is refused, and left as it is", "[write-site]") {
    const Place place;
    guise::kit::write(place.dir / "mine.txt", "precious");
    CHECK(page_kit::has(refusal(place.dir),
                        ": it holds 'mine.txt', which guise docs did not write; choose another --out"));
    CHECK_FALSE(fs::exists(place.dir / "index.html"));
    CHECK_FALSE(fs::exists(place.dir / own_list));
}

TEST_CASE("a file that was put beside the pages later is seen", "[write-site]") {
    const Place place;
    CHECK(refusal(place.dir).empty());
    guise::kit::write(place.dir / "deep/mine.txt", "precious");
    CHECK(page_kit::has(refusal(place.dir), "it holds 'deep/mine.txt'"));
    CHECK(page_kit::content_of(place.dir / "deep/mine.txt") == "precious");
}

TEST_CASE("a list that was changed by hand removes nothing outside of the folder", "[write-site]") {
    const Place place;
    guise::kit::write(place.folder.path() / "outside.txt", "precious");
    guise::kit::write(place.dir / own_list, "../outside.txt\n/etc/hostname\n");
    CHECK(refusal(place.dir).empty());
    CHECK(page_kit::content_of(place.folder.path() / "outside.txt") == "precious");
}

TEST_CASE("no link is followed", "[write-site]") {
    const Place place;
    fs::create_directories(place.folder.path() / "elsewhere");
    fs::create_directories(place.dir);
    fs::create_directory_symlink(place.folder.path() / "elsewhere", place.dir / "a");
    guise::kit::write(place.dir / own_list, "a\na/b.html\n");
    CHECK(page_kit::has(refusal(place.dir, {{"a/b.html", "x"}}), "it holds 'a'"));
    CHECK(fs::is_empty(place.folder.path() / "elsewhere"));
}

TEST_CASE("a file in the place of the folder is refused", "[write-site]") {
    const Place place;
    guise::kit::write(place.dir, "a file");
    CHECK(page_kit::has(refusal(place.dir), "it is no folder"));
}

TEST_CASE("what cannot be written is told", "[write-site]") {
    CHECK(page_kit::has(refusal("/proc/nowhere"), "cannot "));
}

TEST_CASE("what a killed call has left does not keep the next one from writing", "[write-site]") {
    const Place place;
    guise::kit::write(place.dir / ".guise-new-1-1", "half a page");
    CHECK(refusal(place.dir).empty());
}

}  // namespace guise::docs::write_site_test
