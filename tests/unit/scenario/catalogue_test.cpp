#include "scenario/catalogue.hpp"

#include "scenario/kit.hpp"

#include <algorithm>

namespace guise::scenario::catalogue_test {
namespace {

using namespace test;
namespace fs = std::filesystem;
using Names = std::vector<std::string>;
using Axes = std::map<std::string, std::string>;

Scenario made(const std::string& base, const Axes& axes = {}, const std::string& control = {}) {
    Scenario out;
    out.base = base;
    out.id = base;
    out.axes = axes;
    out.control = control;
    for (const auto& [axis, value] : axes) out.id += "[" + axis + "=" + value + "]";
    return out;
}

Names ids(const std::vector<const Scenario*>& scenarios) {
    Names out;
    for (const Scenario* scenario : scenarios) out.push_back(scenario->id);
    return out;
}

std::string text_of(const std::string& id, const std::string& more = {}) {
    return "id: " + id + "\ntitle: A title\nseverity: low\nvisits: [{present: {leaf: leaf}}]\n" + more;
}

// The messages of a folder of scenarios, paths without the folder; nothing where all is well.
std::string folder_problems(const std::map<std::string, std::string>& files) {
    const Folder folder(files);
    const auto catalogue = load_catalogue(folder.path, repository());
    return catalogue ? "" : without(catalogue.error().text(), folder.path.string() + "/");
}

const Catalogue& small() {
    static const Catalogue catalogue({made("validity/expired", {{"tls", "1.3"}}),
                                      made("validity/expired", {{"tls", "1.2"}}), made("trust/ca-signed"),
                                      made("pin/changed-key")});
    return catalogue;
}

TEST_CASE("a catalogue is sorted by id", "[scenario][catalogue]") {
    Names all;
    for (const Scenario& scenario : small().all()) all.push_back(scenario.id);
    CHECK(all == Names{"pin/changed-key", "trust/ca-signed", "validity/expired[tls=1.2]",
                       "validity/expired[tls=1.3]"});
}

TEST_CASE("a case is found by its whole id", "[scenario][catalogue]") {
    REQUIRE(small().find("validity/expired[tls=1.3]") != nullptr);
    CHECK(small().find("validity/expired[tls=1.3]")->axes.at("tls") == "1.3");
    CHECK(small().find("validity/expired") == nullptr);
    CHECK(small().find("") == nullptr);
    CHECK(Catalogue().find("trust/ca-signed") == nullptr);
}

TEST_CASE("no pattern selects everything", "[scenario][catalogue]") { CHECK(small().select({}).size() == 4); }

TEST_CASE("an id selects its case", "[scenario][catalogue]") {
    CHECK(ids(small().select({"validity/expired[tls=1.2]"})) == Names{"validity/expired[tls=1.2]"});
    CHECK(ids(small().select({"trust/ca-signed"})) == Names{"trust/ca-signed"});
}

TEST_CASE("a base selects all of its variants", "[scenario][catalogue]") {
    CHECK(ids(small().select({"validity/expired"})) ==
          Names{"validity/expired[tls=1.2]", "validity/expired[tls=1.3]"});
}

TEST_CASE("an area selects all of its cases", "[scenario][catalogue]") {
    CHECK(ids(small().select({"pin"})) == Names{"pin/changed-key"});
    CHECK(small().select({"validity"}).size() == 2);
}

TEST_CASE("a star selects over areas and variants", "[scenario][catalogue]") {
    CHECK(ids(small().select({"*/changed*"})) == Names{"pin/changed-key"});
    CHECK(ids(small().select({"*tls=1.3]"})) == Names{"validity/expired[tls=1.3]"});
    CHECK(small().select({"*"}).size() == 4);
}

TEST_CASE("a tag selects the first variant of each file that has it", "[scenario][catalogue]") {
    Scenario first = made("validity/expired", {{"tls", "1.2"}}),
             second = made("validity/expired", {{"tls", "1.3"}});
    second.variant = 1;
    first.tags = second.tags = {"core", "dates"};
    const Catalogue catalogue({first, second, made("trust/ca-signed")});
    CHECK(ids(catalogue.select({"@core"})) == Names{"validity/expired[tls=1.2]"});
    CHECK(ids(catalogue.select({"@core", "trust"})) == Names{"trust/ca-signed", "validity/expired[tls=1.2]"});
    CHECK(catalogue.select({"@cor"}).empty());
    CHECK(catalogue.unmatched({"@cor"}).text() ==
          "expected the id, the area or a pattern of scenarios (see `guise list scenarios`), found '@cor' "
          "(did you mean '@core'?)\n");
}

TEST_CASE("a scenario that is misspelt is told with the one that may be meant", "[scenario][catalogue]") {
    CHECK_THAT(small().unmatched({"validity/expird"}).text(),
               Catch::EndsWith("(did you mean 'validity/expired'?)\n"));
    CHECK_THAT(small().unmatched({"validty"}).text(), Catch::EndsWith("(did you mean 'validity'?)\n"));
    CHECK_THAT(small().unmatched({"something-else"}).text(), Catch::EndsWith("found 'something-else'\n"));
}

TEST_CASE("brackets in a pattern are no set of characters", "[scenario][catalogue]") {
    CHECK(small().select({"validity/expired[st]"}).empty());
    CHECK(small().select({"[pt]*"}).empty());
}

TEST_CASE("several patterns select what any of them does, once", "[scenario][catalogue]") {
    CHECK(ids(small().select({"trust", "*signed", "pin"})) == Names{"pin/changed-key", "trust/ca-signed"});
}

TEST_CASE("a pattern that is part of an id selects nothing", "[scenario][catalogue]") {
    CHECK(small().select({"expired"}).empty());
    CHECK(small().select({"valid"}).empty());
}

TEST_CASE("a scenario without control has none", "[scenario][catalogue]") {
    CHECK(small().control_of(*small().find("trust/ca-signed")) == nullptr);
}

TEST_CASE("a control that is not in the catalogue is none", "[scenario][catalogue]") {
    CHECK(small().control_of(made("a/b", {}, "trust/gone")) == nullptr);
}

TEST_CASE("the control is the variant that shares most axes", "[scenario][catalogue]") {
    const Scenario* control = small().control_of(made("a/b", {{"tls", "1.3"}}, "validity/expired"));
    REQUIRE(control != nullptr);
    CHECK(control->id == "validity/expired[tls=1.3]");
}

TEST_CASE("without a shared axis the control is the first variant", "[scenario][catalogue]") {
    const Scenario* control = small().control_of(made("a/b", {{"leaf", "x"}}, "validity/expired"));
    REQUIRE(control != nullptr);
    CHECK(control->id == "validity/expired[tls=1.2]");
}

TEST_CASE("an axis in common counts more than many of the control's own", "[scenario][catalogue]") {
    const Catalogue catalogue({made("c/c", {{"a", "1"}}), made("c/c", {{"p", "1"}, {"q", "1"}, {"z", "9"}})});
    const Scenario* control = catalogue.control_of(made("a/b", {{"z", "9"}}, "c/c"));
    REQUIRE(control != nullptr);
    CHECK(control->axes.size() == 3);
}

TEST_CASE("the control is shown in the version of its scenario, also where that is no axis",
          "[scenario][catalogue]") {
    const Catalogue catalogue(
        {made("c/c", {{"tls", "1.2"}}), made("c/c", {{"tls", "1.3"}}), made("c/c", {{"tls", "any"}})});
    Scenario scenario = made("a/b", {}, "c/c");
    for (const auto versions : {tls::Versions::any, tls::Versions::tls12, tls::Versions::tls13}) {
        scenario.versions = versions;
        CHECK(catalogue.control_of(scenario)->axes == Axes{{"tls", std::string(word(versions))}});
    }
}

TEST_CASE("of equal controls the one with fewer axes of its own is taken", "[scenario][catalogue]") {
    const Catalogue catalogue({made("c/c", {{"a", "1"}, {"b", "1"}}), made("c/c", {{"b", "2"}})});
    const Scenario* control = catalogue.control_of(made("a/b", {}, "c/c"));
    REQUIRE(control != nullptr);
    CHECK(control->axes == Axes{{"b", "2"}});
}

TEST_CASE("a folder is read with all its areas", "[scenario][catalogue]") {
    const Folder folder({{"a/one.yaml", text_of("a/one")},
                         {"b/two.yaml", text_of("b/two", "control: a/one\n")},
                         {"README.md", "no scenario"}});
    const auto catalogue = load_catalogue(folder.path, repository());
    REQUIRE(catalogue.has_value());
    REQUIRE(catalogue->all().size() == 2);
    CHECK(catalogue->control_of(*catalogue->find("b/two"))->id == "a/one");
}

TEST_CASE("a folder that is not there is refused", "[scenario][catalogue]") {
    const auto catalogue = load_catalogue("/nowhere/at/all", repository());
    REQUIRE(catalogue.has_error());
    CHECK_THAT(catalogue.error().text(),
               Catch::StartsWith("cannot read the folder of scenarios /nowhere/at/all: "));
}

TEST_CASE("a folder without scenarios is refused", "[scenario][catalogue]") {
    const Folder folder;
    const auto catalogue = load_catalogue(folder.path, repository());
    REQUIRE(catalogue.has_error());
    CHECK(catalogue.error().text() ==
          folder.path.string() + ": expected at least one scenario, found none\n");
}

TEST_CASE("a file in the wrong place is refused", "[scenario][catalogue]") {
    CHECK(folder_problems({{"a/two.yaml", text_of("a/one")}}) ==
          "a/two.yaml:1:5: expected the file's place as id, 'a/two', found 'a/one'\n");
}

TEST_CASE("all broken files of a folder are reported", "[scenario][catalogue]") {
    CHECK(folder_problems({{"a/one.yaml", text_of("a/one", "x: v\n")},
                           {"b/two.yaml", text_of("b/three")},
                           {"b/well.yaml", text_of("b/well")}}) ==
          "a/one.yaml:5:1: expected one of the keys clients, combines, connections, control, expect, host, "
          "id, modes, "
          "severity, "
          "tags, title, tls, trust, visits, found unknown key 'x'\n"
          "b/two.yaml:1:5: expected the file's place as id, 'b/two', found 'b/three'\n");
}

TEST_CASE("a control that does not exist is refused", "[scenario][catalogue]") {
    CHECK(folder_problems({{"a/one.yaml", text_of("a/one", "control: a/two\n")}}) ==
          "a/one.yaml:5:10: expected a scenario of the catalogue as `control`, found 'a/two'\n");
}

TEST_CASE("a missing control is reported by those who name it alone", "[scenario][catalogue]") {
    CHECK(folder_problems({{"a/one.yaml", text_of("a/one", "control: a/gone\n")},
                           {"a/two.yaml", text_of("a/two", "control: a/one\n")}}) ==
          "a/one.yaml:5:10: expected a scenario of the catalogue as `control`, found 'a/gone'\n");
}

TEST_CASE("controls that go in a circle are refused", "[scenario][catalogue]") {
    CHECK(folder_problems({{"a/one.yaml", text_of("a/one", "control: a/two\n")},
                           {"a/two.yaml", text_of("a/two", "control: a/one\n")}}) ==
          "a/one.yaml:5:10: expected controls that come to an end, found 'a/one' twice\n"
          "a/two.yaml:5:10: expected controls that come to an end, found 'a/two' twice\n");
}

TEST_CASE("a scenario is not its own control", "[scenario][catalogue]") {
    CHECK(folder_problems({{"a/one.yaml", text_of("a/one", "control: a/one\n")}}) ==
          "a/one.yaml:5:10: expected controls that come to an end, found 'a/one' twice\n");
}

TEST_CASE("a combination of what does not exist is refused", "[scenario][catalogue]") {
    CHECK(folder_problems({{"a/one.yaml", text_of("a/one", "combines: [a/two, a/one]\n")}}) ==
          "a/one.yaml:1:1: expected scenarios of the catalogue in `combines`, found 'a/two'\n");
}

const Catalogue& real() {
    static const Catalogue catalogue = [] {
        auto loaded = load_catalogue(fs::path(GUISE_SOURCE_DIR) / "scenarios", repository());
        if (!loaded) FAIL(loaded.error().text());
        return std::move(*loaded);
    }();
    return catalogue;
}

TEST_CASE("the catalogue of the repository loads", "[scenario][catalogue]") {
    CHECK(real().all().size() > 10);
    CHECK_FALSE(real().select({"trust/ca-signed"}).empty());
}

TEST_CASE("every chain of controls in the repository ends in trust/ca-signed", "[scenario][catalogue]") {
    for (const Scenario& scenario : real().all()) {
        INFO(scenario.id);
        const Scenario* last = &scenario;
        while (const Scenario* control = real().control_of(*last)) last = control;
        CHECK(last->base == "trust/ca-signed");
    }
}

TEST_CASE("every scenario of the repository says what it is about", "[scenario][catalogue]") {
    for (const Scenario& scenario : real().all()) {
        INFO(scenario.id);
        CHECK(scenario.about.size() > 40);
    }
}

TEST_CASE("ids in the repository are unique", "[scenario][catalogue]") {
    const auto& all = real().all();
    const auto twice =
        std::adjacent_find(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id == b.id; });
    CHECK(twice == all.end());
}

TEST_CASE("the example scenarios of the model load", "[scenario][catalogue]") {
    const fs::path model = fs::path(GUISE_SOURCE_DIR) / "tests/system/model";
    const auto library = pki::load_library(model / "certs");
    if (!library) FAIL(library.error().text());
    const auto catalogue = load_catalogue(model / "scenarios", *library);
    if (!catalogue) FAIL(catalogue.error().text());
    CHECK(catalogue->all().size() > 50);
}

TEST_CASE("a pattern that matches nothing is told, beside those that match", "[scenario][catalogue]") {
    CHECK(small().unmatched({"trust", "trust/ca-signed", "*"}).empty());
    CHECK(small().unmatched({"trust", "no/such"}).text() ==
          "expected the id, the area or a pattern of scenarios (see `guise list scenarios`), found "
          "'no/such'\n");
}

}  // namespace
}  // namespace guise::scenario::catalogue_test
