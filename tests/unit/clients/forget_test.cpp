#include "clients/forget.hpp"

#include "clients/scripted.hpp"

#include <filesystem>
#include <fstream>

namespace guise::clients::forget_test {

using namespace guise::evidence;
using namespace guise::process;
namespace fs = std::filesystem;

namespace {

// A home with pins in it, and a client whose file says what to remove.
struct Memory {
    TemporaryFolder home;
    TemporaryFolder elsewhere;
    Client client = scripted("");

    Memory() {
        for (const char* name : {"pins/a.pin", "pins/b.pin", "pins/notes"}) write(home.path() / name);
        write(elsewhere.path() / "a.pin");
    }
    static void write(const fs::path& file) {
        fs::create_directories(file.parent_path());
        std::ofstream(file) << "text";
    }
    std::string forget(std::string path) {
        client.forget = {std::move(path)};
        VisitPlace place;
        place.home = home.path().string();
        place.host = "notes";
        return forget_files(client, "strict", place);
    }
    [[nodiscard]] bool has(const char* name) const { return fs::exists(home.path() / "pins" / name); }
};

}  // namespace

TEST_CASE("the files that match are removed and no others", "[forget]") {
    Memory memory;
    CHECK(memory.forget("{home}/pins/*.pin") == "");
    CHECK_FALSE(memory.has("a.pin"));
    CHECK_FALSE(memory.has("b.pin"));
    CHECK(memory.has("notes"));
    CHECK(memory.forget("pins/{host}") == "");
    CHECK_FALSE(memory.has("notes"));
}

TEST_CASE("what is not there is not missed", "[forget]") {
    Memory memory;
    CHECK(memory.forget("pins/nothing") == "");
    CHECK(memory.forget("no/such/folder/*") == "");
}

TEST_CASE("nothing outside the home and the state is removed", "[forget]") {
    Memory memory;
    const fs::path victim = memory.elsewhere.path() / "a.pin";
    fs::create_directory_symlink(memory.elsewhere.path(), memory.home.path() / "link");
    for (const std::string& path : {victim.string(), std::string("link/*"), std::string("../*")}) {
        INFO(path);
        CHECK(memory.forget(path).ends_with("does not lie below the client's home"));
        CHECK(fs::exists(victim));
    }
    memory.client.state = memory.elsewhere.path().string();
    CHECK(memory.forget("{state}/a.pin") == "");
    CHECK_FALSE(fs::exists(victim));
}

TEST_CASE("a link itself is removed, not what it leads to", "[forget]") {
    Memory memory;
    const fs::path victim = memory.elsewhere.path() / "a.pin";
    fs::create_symlink(victim, memory.home.path() / "pins/c.pin");
    CHECK(memory.forget("pins/c.pin") == "");
    CHECK(fs::exists(victim));
}

TEST_CASE("what cannot be removed is said", "[forget]") {
    Memory memory;
    memory.write(memory.home.path() / "pins/folder/file");
    CHECK(memory.forget("pins/folder").find("cannot be removed: ") != std::string::npos);
}

TEST_CASE("a client that cannot be made to forget says so", "[forget]") {
    CHECK(forget_files(scripted(""), "strict", {}) == "the client file does not say how to forget");
}

}  // namespace guise::clients::forget_test
