#include "inputs/run_inputs.hpp"

#include "inputs/kit.hpp"

#include <catch2/catch.hpp>

namespace guise::inputs::run_inputs_test {
namespace {

// An environment variable while a test runs, and the old value afterwards.
class WithVariable {
 public:
    WithVariable(std::string name, const char* value) : name_(std::move(name)) {
        if (const char* before = std::getenv(name_.c_str())) before_ = before;
        value ? ::setenv(name_.c_str(), value, 1) : ::unsetenv(name_.c_str());
    }
    ~WithVariable() { before_ ? ::setenv(name_.c_str(), before_->c_str(), 1) : ::unsetenv(name_.c_str()); }

 private:
    std::string name_;
    std::optional<std::string> before_;
};

// A copy of the data of the sources, to be broken.
struct Copy {
    TemporaryFolder folder;

    Copy() {
        for (const char* part :
             {"scenarios", "certs", "fixtures/profiles", "fixtures/ledgers", "fixtures/services"}) {
            kit::fs::create_directories((folder.path() / part).parent_path());
            kit::fs::copy(kit::fs::path(GUISE_SOURCE_DIR) / part, folder.path() / part,
                          kit::fs::copy_options::recursive);
        }
    }
    Result<RunInputs> load() const { return load_inputs({.data = folder.path(), .scenarios = {}}); }
    std::string digest() const { return digest_of(load().value()); }
};

const char* const scenario_text = R"(# root -> leaf
id: extra/one
title: One more
severity: low
visits:
  - present: {leaf: leaf}
)";

}  // namespace

TEST_CASE("data is found where the option says", "[inputs]") {
    const WithVariable variable("GUISE_DATA", "/nowhere");
    const auto found = find_data(GUISE_SOURCE_DIR);
    REQUIRE(found.has_value());
    CHECK(*found == GUISE_SOURCE_DIR);
}

TEST_CASE("data is found where GUISE_DATA says", "[inputs]") {
    const Copy copy;
    const WithVariable variable("GUISE_DATA", copy.folder.path().c_str());
    const auto found = find_data(std::nullopt);
    REQUIRE(found.has_value());
    CHECK(*found == copy.folder.path());
}

TEST_CASE("an option that leads nowhere is not mended by what would be found", "[inputs]") {
    const WithVariable variable("GUISE_DATA", GUISE_SOURCE_DIR);
    const auto found = find_data("/nowhere");
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().text() == "the data folder /nowhere has no scenarios/, certs/ and fixtures/\n");
}

TEST_CASE("a GUISE_DATA that leads nowhere is told", "[inputs]") {
    const WithVariable variable("GUISE_DATA", "/nowhere");
    REQUIRE_FALSE(find_data(std::nullopt).has_value());
    CHECK(find_data(std::nullopt).error().text().find("/nowhere") != std::string::npos);
}

TEST_CASE("an empty GUISE_DATA is like none", "[inputs]") {
    const auto found = [](const char* value) {
        const WithVariable variable("GUISE_DATA", value);
        const auto data = find_data(std::nullopt);
        return data ? data->string() : data.error().text();
    };
    CHECK(found("") == found(nullptr));
}

TEST_CASE("the data of the sources is loaded whole", "[inputs]") {
    CHECK(kit::inputs().root == GUISE_SOURCE_DIR);
    CHECK(kit::inputs().catalogue.find("validity/not-yet-valid"));
    CHECK(kit::inputs().profiles.contains("tls-client"));
    CHECK(kit::inputs().library.recipes.contains("leaf"));
    CHECK(kit::inputs().clauses.contains("TC-01"));
    CHECK(kit::inputs().services.contains("http"));
    CHECK(digest_of(kit::inputs()).size() == 64);
    CHECK(clients_dir(kit::inputs()) == kit::fs::path(GUISE_SOURCE_DIR) / "fixtures" / "clients");
}

TEST_CASE("scenarios can come from a folder of their own", "[inputs]") {
    const TemporaryFolder folder;
    kit::write(folder.path() / "extra" / "one.yaml", scenario_text);
    const auto inputs = load_inputs({.data = GUISE_SOURCE_DIR, .scenarios = folder.path()});
    REQUIRE(inputs.has_value());
    CHECK(inputs->catalogue.all().size() == 1);
    CHECK(digest_of(*inputs) != digest_of(kit::inputs()));
}

TEST_CASE("a broken inputs reports the problems of all stages at once", "[inputs]") {
    const Copy copy;
    kit::write(copy.folder.path() / "scenarios" / "extra" / "one.yaml",
               std::string(scenario_text) + "colour: red\n");
    kit::write(copy.folder.path() / "fixtures" / "profiles" / "broken.yaml", "profile: broken\n");
    const auto inputs = copy.load();
    REQUIRE_FALSE(inputs.has_value());
    const std::string text = inputs.error().text();
    CHECK(text.find("extra/one.yaml:7:1: expected ") != std::string::npos);
    CHECK(text.find("profiles/broken.yaml") != std::string::npos);
}

TEST_CASE("data that no library can be read from reports the library, not what needs it", "[inputs]") {
    const Copy copy;
    kit::write(copy.folder.path() / "certs" / "leaf.yaml", "recipe: leaf\ncolour: red\n");
    const auto inputs = copy.load();
    REQUIRE_FALSE(inputs.has_value());
    for (const Problem& problem : inputs.error().list)
        CHECK(problem.where.file.text().find("certs/") != std::string::npos);
}

TEST_CASE("the same files have the same digest wherever they lie", "[inputs]") {
    CHECK(Copy().digest() == digest_of(kit::inputs()));
}

TEST_CASE("the digest changes with any file that was read", "[inputs]") {
    for (const char* file :
         {"scenarios/trust/self-signed.yaml", "certs/leaf.yaml", "certs/defects/expired.yaml",
          "fixtures/profiles/tls-client.yaml", "fixtures/ledgers/tls.yaml", "fixtures/services/http.yaml"}) {
        const Copy copy;
        std::ofstream(copy.folder.path() / file, std::ios::app) << "# one more line\n";
        INFO(file);
        CHECK(copy.digest() != digest_of(kit::inputs()));
    }
}

TEST_CASE("the digest changes when a file is added", "[inputs]") {
    const Copy copy;
    kit::write(copy.folder.path() / "scenarios" / "extra" / "one.yaml", scenario_text);
    CHECK(copy.digest() != digest_of(kit::inputs()));
}

TEST_CASE("the digest is of what was read, not of notes beside it", "[inputs]") {
    const Copy copy;
    kit::write(copy.folder.path() / "scenarios" / "README.md", "other words\n");
    CHECK(copy.digest() == digest_of(kit::inputs()));
}

}  // namespace guise::inputs::run_inputs_test
