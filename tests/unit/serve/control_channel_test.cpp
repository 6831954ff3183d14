#include "serve/control_channel.hpp"

#include "server/kit.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <csignal>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

namespace guise::serve::control_channel_test {

using namespace guise::server;

namespace {

// What comes out of a descriptor until its end.
std::string read_all(int fd) {
    std::string out;
    std::array<char, 4096> chunk{};
    for (ssize_t got = 0; (got = ::read(fd, chunk.data(), chunk.size())) > 0;)
        out.append(chunk.data(), static_cast<std::size_t>(got));
    return out;
}

// A whole conversation: all lines in, then the end; what was answered.
std::vector<nlohmann::json> answers_to(const std::string& lines) {
    const TemporaryFolder folder;
    ChainProvider provider = kit::make_provider();
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    REQUIRE(::pipe(in.data()) == 0);
    REQUIRE(::pipe(out.data()) == 0);
    REQUIRE(::write(in[1], lines.data(), lines.size()) == static_cast<ssize_t>(lines.size()));
    ::close(in[1]);
    std::istringstream text;
    std::thread reader([&] { text.str(read_all(out[0])); });  // the answers are more than a pipe holds
    CHECK(control_on(provider, in[0], out[1], folder.path()).empty());
    ::close(out[1]);
    reader.join();
    ::close(in[0]);
    ::close(out[0]);
    std::vector<nlohmann::json> answers;
    for (std::string line; std::getline(text, line);) answers.push_back(nlohmann::json::parse(line));
    return answers;
}

std::string request(int id, const std::string& method, const std::string& params = "{}") {
    return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + method + R"(","params":)" +
           params + "}\n";
}

int connect_to(const std::string& path) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    return fd;
}

}  // namespace

TEST_CASE("every request is answered before the channel ends", "[control]") {
    const auto answers =
        answers_to(request(1, "list") + "\n" + request(2, "present", R"({"scenario":"trust/self-signed"})") +
                   request(3, "observe", R"({"handle":1})") + "no json\n");
    REQUIRE(answers.size() == 4);
    CHECK(answers[0]["id"] == 1);
    CHECK(answers[2]["result"]["outcome"] == "no-connection");
    CHECK(answers[3]["error"]["code"] == -32700);
}

TEST_CASE("a wait holds up nothing, and is answered at its limit though the requests have ended",
          "[control]") {
    const auto answers = answers_to(request(1, "present", R"({"scenario":"trust/self-signed"})") +
                                    request(2, "wait", R"({"handle":1,"timeout_ms":50})") +
                                    request(3, "observe", R"({"handle":1})"));
    REQUIRE(answers.size() == 3);
    CHECK(answers[1]["id"] == 3);
    CHECK(answers[2]["id"] == 2);
    CHECK(answers[2]["result"]["timed_out"] == true);
}

TEST_CASE("peers at a socket have their own handles", "[control]") {
    const TemporaryFolder folder;
    const std::string path = folder.path() / "socket";
    ChainProvider provider = kit::make_provider();
    std::thread peers;
    const Problems problems = control_at(provider, path, folder.path(), [&] {
        struct stat about {};
        REQUIRE(::stat(path.c_str(), &about) == 0);
        CHECK((about.st_mode & 0077) == 0);
        peers = std::thread([&] {
            for (int i = 0; i < 2; ++i) {
                const int fd = connect_to(path);
                const std::string text = request(1, "present", R"({"scenario":"trust/self-signed"})");
                CHECK(::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
                ::shutdown(fd, SHUT_WR);
                CHECK(nlohmann::json::parse(read_all(fd))["result"]["handle"] == 1);
                ::close(fd);
            }
            ::kill(::getpid(), SIGTERM);
        });
    });
    peers.join();
    CHECK(problems.empty());
    CHECK_FALSE(kit::fs::exists(path));
}

TEST_CASE("a socket path that is in use is a problem", "[control]") {
    const TemporaryFolder folder;
    kit::write(folder.path() / "taken", "");
    ChainProvider provider = kit::make_provider();
    const Problems problems = control_at(provider, folder.path() / "taken", folder.path(), [] {});
    CHECK_THAT(problems.text(), Catch::Contains("expected a path for a Unix socket that is not in use"));
    CHECK(kit::fs::exists(folder.path() / "taken"));
}

TEST_CASE("a socket path that is too long is a problem", "[control]") {
    const TemporaryFolder folder;
    ChainProvider provider = kit::make_provider();
    const Problems problems =
        control_at(provider, folder.path() / std::string(200, 'x'), folder.path(), [] {});
    CHECK_THAT(problems.text(), Catch::Contains("File name too long"));
}

TEST_CASE("a peer beyond the most that are connected gets an error, and the others go on", "[control]") {
    const TemporaryFolder folder;
    const std::string path = folder.path() / "socket";
    ChainProvider provider = kit::make_provider();
    std::thread peers;
    const Problems problems = control_at(provider, path, folder.path(), [&] {
        peers = std::thread([&] {
            std::vector<int> connected;
            for (int i = 0; i < 256; ++i) connected.push_back(connect_to(path));
            const int late = connect_to(path);
            CHECK(nlohmann::json::parse(read_all(late))["error"]["message"] ==
                  "256 peers are connected, which is the limit");
            const std::string text = request(1, "list", R"({"only":["trust/self-signed"]})");
            CHECK(::write(connected[0], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
            ::shutdown(connected[0], SHUT_WR);
            CHECK(nlohmann::json::parse(read_all(connected[0])).contains("result"));
            for (const int each : connected) ::close(each);
            ::close(late);
            ::kill(::getpid(), SIGTERM);
        });
    });
    peers.join();
    CHECK(problems.empty());
}

}  // namespace guise::serve::control_channel_test
