#include "clients/interpreter.hpp"

#include "base/temporary_folder.hpp"
#include "clients/detect.hpp"
#include "clients/launch.hpp"
#include "process/run_to_end.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

namespace guise::clients::interpreter_test {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

namespace {

// A folder of programs, first in a PATH.
struct Bin {
    TemporaryFolder folder;
    std::string path = folder.path().string() + ":/usr/bin:/bin";

    std::string script(const std::string& name, const std::string& text) const {
        const fs::path file = folder.path() / name;
        std::ofstream(file) << text;
        fs::permissions(file, fs::perms::owner_all);
        return file.string();
    }
    // As a version manager's: it counts its starts, and becomes the real one.
    void shim(const std::string& name, const std::string& real) const {
        script(name,
               "#!/bin/sh\necho >>" + (folder.path() / "starts").string() + "\nexec " + real + " \"$@\"\n");
    }
    std::size_t starts() const {
        std::ifstream stream(folder.path() / "starts");
        return static_cast<std::size_t>(std::count(std::istreambuf_iterator<char>(stream), {}, '\n'));
    }
    Programs resolved(const Client& client) const {
        const TemporaryFolder home;
        return run_to_end(resolve_interpreters(client, path, home.path().string(), std::chrono::seconds(60)));
    }
};

Client started_by(Words run) {
    Client client;
    client.name = "demo";
    client.file = "/fixtures/clients/demo.yaml";
    client.detect = {"sh"};
    client.run = std::move(run);
    client.modes["strict"] = {};
    return client;
}

}  // namespace

TEST_CASE("an interpreter that is a script in PATH is asked once for what it really is", "[interpreter]") {
    const Bin bin;
    bin.shim("python3", "/usr/bin/python3");
    Client client = started_by({"python3", "-c", "pass"});
    client.detect = {"python3", "--version"};
    client.modes["lax"].run = Words{"python3"};
    const Programs programs = bin.resolved(client);
    REQUIRE(programs.size() == 1);
    CHECK(programs.at("python3").at(0).starts_with("/usr/bin/python3"));
    CHECK(bin.starts() == 1);
}

TEST_CASE("an interpreter that is a program itself is left alone", "[interpreter]") {
    const Bin bin;
    CHECK(bin.resolved(started_by({"/usr/bin/python3"})).empty());
    CHECK(bin.resolved(started_by({"sh"})).empty());
    CHECK(bin.resolved(started_by({"no-such-program"})).empty());
}

TEST_CASE("a script of another name is no interpreter, and is not started", "[interpreter]") {
    const Bin bin;
    bin.shim("pythonic", "/usr/bin/python3");
    CHECK(bin.resolved(started_by({"pythonic"})).empty());
    CHECK(bin.starts() == 0);
}

TEST_CASE("an interpreter without a usable answer is left alone", "[interpreter]") {
    for (const char* answer :
         {"exit 1", "echo python3", "echo /no/such/python3", "echo /bin/sh; echo /bin/sh"}) {
        const Bin bin;
        bin.script("python3", std::string("#!/bin/sh\n") + answer + "\n");
        CHECK(bin.resolved(started_by({"python3"})).empty());
    }
}

TEST_CASE("a script that env finds an interpreter for is given to what that really is", "[interpreter]") {
    const Bin bin;
    bin.shim("python3", "/usr/bin/python3");
    const std::string script = bin.script("client.py", "#!/usr/bin/env python3\n");
    const Words words = bin.resolved(started_by({script})).at(script);
    REQUIRE(words.size() == 2);
    CHECK(words[0].starts_with("/usr/bin/python3"));
    CHECK(words[1] == script);
    bin.script("round", "#!/usr/bin/env round\n");
    CHECK(bin.resolved(started_by({"round"})).empty());
}

TEST_CASE("the program of a command is replaced, and its arguments stay", "[interpreter]") {
    const Programs programs{{"python3", {"/opt/python3.11"}}};
    CHECK(with_program(programs, {"python3", "-I", "x.py"}) == Words{"/opt/python3.11", "-I", "x.py"});
    CHECK(with_program(programs, {"sh", "python3"}) == Words{"sh", "python3"});
    CHECK(with_program(programs, {}).empty());
}

TEST_CASE("the version is that of the interpreter that is run", "[interpreter]") {
    const Bin bin;
    bin.shim("python3", "/usr/bin/python3");
    Client client = started_by({"python3"});
    client.detect = {"python3", "--version"};
    client.version_pattern = "^Python (\\S+)";
    const Detection found = run_to_end(detect(client, std::chrono::seconds(60), bin.path));
    CHECK(found.found);
    CHECK(bin.starts() == 1);
    CHECK(found.programs.contains("python3"));
}

TEST_CASE("each start uses the interpreter as it was detected, unless the client has a PATH of its own",
          "[interpreter]") {
    Client client = started_by({"python3", "-I"});
    VisitPlace place;
    place.programs = {{"python3", {"/opt/python3.11"}}};
    CHECK(prepare(client, "strict", place).argv == Words{"/opt/python3.11", "-I"});
    client.env["PATH"] = "/elsewhere";
    CHECK(prepare(client, "strict", place).argv == Words{"python3", "-I"});
}

}  // namespace guise::clients::interpreter_test
