#include "cli/program.hpp"
#include "pki/bundle.hpp"
#include "pki/inspect.hpp"
#include "pki/pem.hpp"
#include "run/kit.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <sys/stat.h>

namespace guise::cli::mint_test {

namespace kit = guise::kit;

TEST_CASE("a minted file holds the key and the entire chain", "[mint]") {
    const Ran ran = run_guise({"mint", "leaf", "--host", "vms.example", "--host", "other.example"});
    REQUIRE(ran.code == 0);
    const auto bundle = pki::read_bundle(ran.out, "cert.pem");
    REQUIRE(bundle.has_value());
    CHECK(bundle->chain.size() == 3);
    const auto leaf = pki::inspect(bundle->chain[0]).value();
    CHECK(leaf.names == std::vector<std::string>{"dns:vms.example", "dns:other.example", "ip:127.0.0.1"});
    CHECK(pki::inspect(bundle->chain[2]).value().self_signed);
}

TEST_CASE("a self-signed certificate is a chain of one", "[mint]") {
    const Ran ran = run_guise({"mint", "self-signed"});
    CHECK(pki::read_bundle(ran.out, "cert.pem").value().chain.size() == 1);
}

TEST_CASE("the file with the key is for its owner alone, and is not overwritten", "[mint]") {
    const TemporaryFolder folder;
    const std::string file = folder.path() / "cert.pem";
    const std::string root = folder.path() / "root.pem";
    REQUIRE(run_guise({"mint", "leaf", "--out", file, "--root", root}).code == 0);
    struct stat about {};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    CHECK(pki::from_pem(kit::content_of(root), root).value() ==
          std::vector<Bytes>{pki::read_bundle(kit::content_of(file), file).value().chain.back()});
    const std::string before = kit::content_of(file);
    const Ran again = run_guise({"mint", "leaf", "--out", file});
    CHECK(again.code == 11);
    CHECK(has(again.err, "File exists"));
    CHECK(kit::content_of(file) == before);
    CHECK(run_guise({"mint", "leaf", "--out", file, "--root", root, "--force"}).code == 0);
    CHECK(kit::content_of(file) != before);
}

TEST_CASE("of two files both are written or none", "[mint]") {
    const TemporaryFolder folder;
    const std::string file = folder.path() / "cert.pem";
    const Ran nowhere =
        run_guise({"mint", "leaf", "--out", file, "--root", folder.path() / "no" / "root.pem"});
    CHECK(nowhere.code == 11);
    CHECK(has(nowhere.err, "No such file"));
    const Ran same = run_guise({"mint", "leaf", "--out", file, "--root", file, "--force"});
    CHECK(same.code == 4);
    CHECK(same.err == "--root and --out name the same file: " + file + "\n");
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("a defect is made at the position that is asked for", "[mint]") {
    const Ran ran = run_guise({"mint", "leaf", "--now", "2027-01-31", "--defect", "expired@intermediate"});
    REQUIRE(ran.code == 0);
    const auto chain = pki::read_bundle(ran.out, "cert.pem").value().chain;
    const auto now = std::chrono::sys_days(std::chrono::year(2027) / 1 / 31);
    CHECK(pki::inspect(chain[0]).value().not_after > now);
    CHECK(pki::inspect(chain[1]).value().not_after < now);
}

TEST_CASE("what cannot be minted says why", "[mint]") {
    CHECK(has(run_guise({"mint", "nonsense"}).err, "found 'nonsense'"));
    CHECK(has(run_guise({"mint", "leaf", "--defect", "nonsense"}).err, "found 'nonsense'"));
    CHECK(run_guise({"mint", "leaf", "--defect", "expired@nowhere"}).err ==
          "--defect: expected one of leaf, intermediate, root, handshake, found 'nowhere'\n");
    CHECK(has(run_guise({"mint", "leaf", "--now", "tomorrow"}).err, "--now: expected a time"));
    CHECK(run_guise({"mint", "nonsense"}).code == 4);
}

TEST_CASE("a copy has other keys, and is a file that a server loads", "[mint]") {
    const TemporaryFolder folder;
    const std::string original = folder.path() / "cert.pem", root = folder.path() / "root.pem";
    REQUIRE(run_guise({"mint", "leaf", "--host", "vms.example", "--out", original}).code == 0);
    const Ran ran = run_guise({"mint", "--copy", original, "--root", root});
    REQUIRE(ran.code == 0);
    const auto copy = pki::read_bundle(ran.out, "copy.pem").value();
    const auto before = pki::read_bundle(kit::content_of(original), original).value();
    REQUIRE(copy.chain.size() == before.chain.size());
    CHECK(pki::inspect(copy.chain[0]).value().serial == pki::inspect(before.chain[0]).value().serial);
    CHECK(pki::inspect(copy.chain[0]).value().key_sha256 != pki::inspect(before.chain[0]).value().key_sha256);
    CHECK(pki::from_pem(kit::content_of(root), root).value() == std::vector<Bytes>{copy.chain.back()});
}

TEST_CASE("a recipe or a copy, and for a copy nothing that it does not follow", "[mint]") {
    CHECK(has(run_guise({"mint"}).err, "name a recipe, or use --copy FILE|HOST:PORT"));
    for (const std::vector<std::string>& more : std::vector<std::vector<std::string>>{
             {"leaf"}, {"--host", "x"}, {"--address", "::1"}, {"--defect", "expired"}, {"--now", "+30d"}}) {
        std::vector<std::string> words{"mint", "--copy", "x.pem"};
        words.insert(words.end(), more.begin(), more.end());
        const Ran ran = run_guise(words);
        CHECK(ran.code == 4);
        CHECK(has(ran.err, " excludes "));
    }
    CHECK(
        has(run_guise({"mint", "--copy", "nowhere"}).err, "nowhere: expected a readable file, or HOST:PORT"));
}

TEST_CASE("a key that no file can hold is told, and nothing is written", "[mint]") {
    const TemporaryFolder folder;
    const std::string file = folder.path() / "cert.pem";
    const Ran ran = run_guise({"mint", "leaf", "--defect", "exponent-one", "--out", file});
    CHECK(ran.code == 4);
    CHECK(has(
        ran.err,
        "leaf: expected a key with its two primes, which a file in PKCS #8 holds, found one of 2048 bits"));
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("a copy that is not of all that was shown, or that no server loads, says so", "[mint]") {
    const TemporaryFolder folder;
    const std::string chain = folder.path() / "chain.pem", odd = folder.path() / "odd.pem";
    REQUIRE(run_guise({"mint", "self-signed", "--out", odd}).code == 0);
    REQUIRE(run_guise({"mint", "leaf", "--out", chain}).code == 0);
    kit::write(chain, kit::content_of(chain) + kit::content_of(odd));
    const Ran ran = run_guise({"mint", "--copy", chain});
    CHECK(ran.code == 0);
    CHECK(pki::from_pem(ran.out, "copy").value().size() == 3);
    CHECK(ran.err ==
          "Copied 3 of 4 certificates: the others are not in the path that begins with the first.\n");
    REQUIRE(run_guise({"mint", "leaf", "--defect", "version-1", "--out", chain, "--force"}).code == 0);
    CHECK(has(run_guise({"mint", "--copy", chain}).err, "`guise serve --cert` does not take it"));
}

}  // namespace guise::cli::mint_test
