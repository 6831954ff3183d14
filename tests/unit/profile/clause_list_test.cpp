#include "profile/clause_list.hpp"

#include "profile/kit.hpp"

namespace guise::profile::clause_list_test {
namespace {

using namespace test;
namespace fs = std::filesystem;

// The messages of a folder of clause lists, paths without the folder; nothing where all is well.
std::string folder_problems(const std::map<std::string, std::string>& files) {
    const Folder folder(files);
    const auto clauses = load_clause_lists(folder.path);
    if (clauses) return {};
    std::string out = clauses.error().text();
    const std::string prefix = folder.path.string() + "/";
    for (auto at = out.find(prefix); at != std::string::npos; at = out.find(prefix))
        out.erase(at, prefix.size());
    return out;
}

std::string file_of(const std::string& clauses) { return "ledger: a\nsource: b\nclauses:\n" + clauses; }
std::string clause_problems(const std::string& clauses) {
    return folder_problems({{"a.yaml", file_of(clauses)}});
}

TEST_CASE("a clause is kept with its source and level", "[profile][clauses]") {
    const Folder folder({{"a.yaml", file_of("  A-1: {level: should, source: manual, text: Do it.}\n")}});
    const auto clauses = load_clause_lists(folder.path);
    REQUIRE(clauses.has_value());
    const Clause& clause = clauses->at("A-1");
    CHECK(clause.id == "A-1");
    CHECK(clause.ledger == "a");
    CHECK(clause.level == Level::should);
    CHECK(clause.includes.empty());
    CHECK(clause.source == "manual");
    CHECK(clause.text == "Do it.");
    CHECK(clause.out_of_scope.empty());
    CHECK(clause.where.line == 4);
    CHECK(clause.where.column == 3);
}

TEST_CASE("a clause may bring others along, of any file", "[profile][clauses]") {
    const Folder folder({{"a.yaml", file_of("  A-1: {includes: [A-2, B-1], source: s, text: t}\n"
                                            "  A-2: {level: may, source: s, text: t}\n")},
                         {"b.yaml", file_of("  B-1: {level: must, source: s, text: t}\n")}});
    const auto clauses = load_clause_lists(folder.path);
    REQUIRE(clauses.has_value());
    CHECK(clauses->size() == 3);
    CHECK_FALSE(clauses->at("A-1").level.has_value());
    CHECK(clauses->at("A-1").includes == std::vector<std::string>{"A-2", "B-1"});
}

TEST_CASE("a clause may be proposed, and may be out of scope for a reason", "[profile][clauses]") {
    const Folder folder({{"a.yaml", file_of("  A-1: {level: may, source: s, text: t, status: proposed, "
                                            "out_of_scope: nobody can see it}\n")}});
    const auto clauses = load_clause_lists(folder.path);
    REQUIRE(clauses.has_value());
    CHECK(clauses->at("A-1").out_of_scope == "nobody can see it");
}

TEST_CASE("a clause has a level or includes, not both", "[profile][clauses]") {
    CHECK(clause_problems("  A-1: {source: s, text: t}\n") ==
          "a.yaml:4:8: expected exactly one of the keys level, includes, found neither\n");
    CHECK(clause_problems("  A-1: {level: may, includes: A-1, source: s, text: t}\n") ==
          "a.yaml:4:8: expected exactly one of the keys level, includes, found both\n");
}

TEST_CASE("a level has one of three words", "[profile][clauses]") {
    CHECK_THAT(clause_problems("  A-1: {level: shall, source: s, text: t}\n"),
               Catch::StartsWith("a.yaml:4:16: expected one of may, should, must, found 'shall'\n"));
}

TEST_CASE("a status has one of two words", "[profile][clauses]") {
    CHECK(clause_problems("  A-1: {level: may, source: s, text: t, status: draft}\n") ==
          "a.yaml:4:49: expected one of agreed, proposed, found 'draft'\n");
}

TEST_CASE("a clause has a source and a text", "[profile][clauses]") {
    CHECK(clause_problems("  A-1: {level: may}\n") ==
          "a.yaml:4:8: expected the key 'source', found a map without it\n"
          "a.yaml:4:8: expected the key 'text', found a map without it\n");
}

TEST_CASE("an unknown key of a clause is refused", "[profile][clauses]") {
    CHECK(clause_problems("  A-1: {level: may, source: s, text: t, title: u}\n") ==
          "a.yaml:4:41: expected one of the keys includes, level, out_of_scope, source, status, text, found "
          "unknown key 'title'\n");
}

TEST_CASE("a clause list has a name, a source and clauses", "[profile][clauses]") {
    CHECK(folder_problems({{"a.yaml", "clause: {}\n"}}) ==
          "a.yaml:1:1: expected the key 'ledger', found a map without it\n"
          "a.yaml:1:1: expected the key 'source', found a map without it\n"
          "a.yaml:1:1: expected the key 'clauses', found a map without it\n"
          "a.yaml:1:1: expected one of the keys clauses, ledger, source, found unknown key 'clause' (did you "
          "mean 'clauses'?)\n");
}

TEST_CASE("an id that stands in two files is refused at the second", "[profile][clauses]") {
    const std::string text = file_of("  A-1: {level: may, source: s, text: t}\n");
    CHECK(folder_problems({{"a.yaml", text}, {"b.yaml", text}}) ==
          "b.yaml:4:3: expected each clause once, found A-1, first at a.yaml:4:3\n");
}

TEST_CASE("an included clause that is missing is refused", "[profile][clauses]") {
    CHECK(clause_problems("  A-1: {includes: A-9, source: s, text: t}\n") ==
          "a.yaml:4:3: expected a clause of a clause list, found A-9\n");
}

TEST_CASE("clauses are a map", "[profile][clauses]") {
    CHECK(folder_problems({{"a.yaml", "ledger: a\nsource: b\nclauses: [A-1]\n"}}) ==
          "a.yaml:3:10: expected a map of clauses, found a list\n");
}

TEST_CASE("all broken files are reported", "[profile][clauses]") {
    CHECK(
        folder_problems({{"a.yaml", "[\n"}, {"b.yaml", "ledger: b\nsource: c\nclauses: {}\nd: e\n"}})
            .find("b.yaml:4:1: expected one of the keys clauses, ledger, source, found unknown key 'd'\n") !=
        std::string::npos);
}

TEST_CASE("a folder of ledgers that is not there is refused", "[profile][clauses]") {
    const auto clauses = load_clause_lists("/nowhere/at/all");
    REQUIRE(clauses.has_error());
    CHECK_THAT(clauses.error().text(), Catch::StartsWith("cannot read the folder /nowhere/at/all: "));
}

TEST_CASE("the ledgers of the repository load, and every clause has words", "[profile][clauses]") {
    const auto clauses = load_clause_lists(fs::path(GUISE_SOURCE_DIR) / "fixtures/ledgers");
    if (!clauses) FAIL(clauses.error().text());
    CHECK(clauses->size() > 40);
    for (const auto& [id, clause] : *clauses) {
        INFO(id);
        CHECK_FALSE(clause.text.empty());
        CHECK_FALSE(clause.source.empty());
    }
}

}  // namespace
}  // namespace guise::profile::clause_list_test
