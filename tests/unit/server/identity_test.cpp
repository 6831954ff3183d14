#include "server/identity.hpp"

#include "pki/bundle.hpp"
#include "pki/inspect.hpp"
#include "server/kit.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <sys/stat.h>

namespace guise::server::identity_test {
namespace {

const pki::Library& library() {
    static const pki::Library loaded =
        pki::load_library(std::filesystem::path(GUISE_SOURCE_DIR) / "certs").value();
    return loaded;
}

constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'767'225'600)};

}  // namespace

TEST_CASE("a client's certificate is made with its key, for its owner alone", "[server][identity]") {
    const TemporaryFolder folder;
    const std::string file = identity_file(folder.path(), library(), now).value();
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const auto bundle = pki::read_bundle(text, file);
    REQUIRE(bundle.has_value());
    CHECK(pki::inspect(bundle->chain.front())->subject.find("UNTRUSTED guise client") != std::string::npos);
    struct stat info {};
    REQUIRE(::stat(file.c_str(), &info) == 0);
    CHECK((info.st_mode & 07777) == 0600);
}

TEST_CASE("a folder has one client's certificate", "[server][identity]") {
    const TemporaryFolder folder;
    const std::string file = identity_file(folder.path(), library(), now).value();
    const auto written = std::filesystem::last_write_time(file);
    CHECK(identity_file(folder.path(), library(), now).value() == file);
    CHECK(std::filesystem::last_write_time(file) == written);
}

TEST_CASE("a client's certificate that cannot be written is named", "[server][identity]") {
    const auto file = identity_file("/nowhere", library(), now);
    REQUIRE(file.has_error());
    CHECK_THAT(file.error().text(), Catch::StartsWith("cannot write /nowhere/identity.pem"));
}

}  // namespace guise::server::identity_test
