#include "clients/file/command_client.hpp"

#include "base/temporary_folder.hpp"
#include "clients/file/client.hpp"
#include "clients/tables.hpp"

#include <catch2/catch.hpp>

#include <fstream>

namespace guise::clients::command_client_test {
namespace {

using Words = std::vector<std::string>;

// What the text is read as.
Client read_back(const Words& command) {
    const TemporaryFolder folder;
    const auto file = folder.path() / (command_client_name(command) + ".yaml");
    std::ofstream(file) << command_client(command).value();
    return load_client(file, built_in_tables().vocabulary()).value();
}

}  // namespace

TEST_CASE("the client file of a command starts it, word by word", "[clients][try]") {
    const Words command{"/usr/bin/curl", "--cacert", "{trust}", "-H", "A: \"b\\c\"\ttab", "{url}"};
    const Client client = read_back(command);
    CHECK(client.name == "try-curl");
    CHECK(client.run == command);
    CHECK(client.driver == "exec");
    CHECK(client.profile == "tls-client");
    CHECK(client.modes.size() == 1);
    CHECK(client.modes.contains("strict"));
}

TEST_CASE("how the client finds the servers follows from the placeholders", "[clients][try]") {
    CHECK(read_back({"a", "{host}", "{address}"}).routing == Words{"option"});
    CHECK(read_back({"a", "{url}", "--proxy=http://{proxy}"}).routing == Words{"http-proxy"});
    CHECK(read_back({"a", "{url}"}).routing == Words{"hosts-file", "nss-wrapper", "localhost"});
}

TEST_CASE("the name is made of the program's", "[clients][try]") {
    CHECK(command_client_name({"./My Program!"}) == "try-My-Program-");
    CHECK(command_client_name({"wget"}) == "try-wget");
    CHECK(command_client_name({}) == "try-");
}

TEST_CASE("a command that does not say where the server is is refused", "[clients][try]") {
    CHECK(command_client({}).error().text() == "no command: write it after `--`\n");
    CHECK_THAT(command_client({"curl", "https://localhost"}).error().text(),
               Catch::Contains("write {url}, {host} or {address} in it"));
}

}  // namespace guise::clients::command_client_test
