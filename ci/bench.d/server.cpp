// One listener of ours as a program: a P-256 leaf and one intermediate, everything recorded, nothing else
// done.
//
// It prints `port N`, then with --tell one line for each connection that has ended: how, how far it came, and
// after how many milliseconds. It serves until its standard input ends. With --dir it first writes chain.pem
// and key.pem there, so that other servers can show the same.
#include "net/listener.hpp"
#include "pki/mint.hpp"
#include "pki/pem.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <fmt/format.h>
#include <openssl/pem.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <unistd.h>

namespace {

using guise::pki::Chain;
using guise::tls::Transcript;

struct Options {
    std::filesystem::path certs = "certs";
    std::filesystem::path dir;
    guise::net::Deadlines deadlines;
    bool tell = false;
};

Chain mint_chain(const Options& options) {
    const auto library = guise::pki::load_library(options.certs).value();
    guise::pki::KeyPool keys;
    guise::pki::Mint mint(library, keys, "bench");
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return mint
        .mint({.leaf = "leaf"}, "bench", {.host = "localhost", .address = "127.0.0.1", .now = now}, {"root"})
        .value();
}

std::string key_pem(EVP_PKEY& key) {
    const bssl::UniquePtr<BIO> out(BIO_new(BIO_s_mem()));
    const std::uint8_t* data = nullptr;
    std::size_t size = 0;
    if (!PEM_write_bio_PrivateKey(out.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) ||
        !BIO_mem_contents(out.get(), &data, &size))
        throw std::runtime_error("the key cannot be written");
    return {reinterpret_cast<const char*>(data), size};
}

void write(const Chain& chain, const std::filesystem::path& dir) {
    std::ofstream certificates(dir / "chain.pem");
    certificates << guise::pki::to_pem(chain.presentation->certificates);
    std::ofstream key(dir / "key.pem");
    key << key_pem(*chain.presentation->key);
    if (!certificates.flush() || !key.flush()) throw std::runtime_error("cannot write to " + dir.string());
}

void tell(const Transcript& ended) {
    const char* reached = ended.application_bytes > 0 ? "data"
                          : ended.finished            ? "finished"
                          : ended.bytes_in > 0        ? "begun"
                                                      : "silent";
    std::cout << fmt::format("ended {} {} {}\n", guise::word(ended.ending), reached,
                             ended.lasted.count() / 1000)
              << std::flush;
}

void serve(const Options& options) {
    const Chain chain = mint_chain(options);
    if (!options.dir.empty()) write(chain, options.dir);
    boost::asio::io_context io{1};
    const auto listener = guise::net::Listener::open(
                              io.get_executor(), {.address = "127.0.0.1", .deadlines = options.deadlines},
                              [&](const guise::net::Destination&) { return chain.presentation; },
                              [&](const Transcript& ended) {
                                  if (options.tell) tell(ended);
                              })
                              .value();
    std::cout << fmt::format("port {}\n", listener->port()) << std::flush;
    boost::asio::posix::stream_descriptor input(io, ::dup(STDIN_FILENO));
    char byte = 0;
    input.async_read_some(boost::asio::buffer(&byte, 1), [&](const auto&, std::size_t) { io.stop(); });
    io.run();
}

bool understand(Options& options, const std::string& name, const std::string& value) {
    const std::map<std::string, std::chrono::milliseconds*> times = {
        {"--handshake-ms", &options.deadlines.handshake},
        {"--idle-ms", &options.deadlines.idle},
        {"--linger-ms", &options.deadlines.linger},
        {"--connection-ms", &options.deadlines.connection}};
    if (const auto found = times.find(name); found != times.end())
        *found->second = std::chrono::milliseconds(std::stol(value));
    else if (name == "--certs")
        options.certs = value;
    else if (name == "--dir")
        options.dir = value;
    else
        return false;
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    Options options;
    for (int i = 1; i < count; ++i) {
        if (std::strcmp(arguments[i], "--tell") == 0) {
            options.tell = true;
        } else if (i + 1 >= count || !understand(options, arguments[i], arguments[i + 1])) {
            std::cerr << "usage: bench_server [--certs DIR] [--dir DIR] [--tell] [--handshake-ms N] "
                         "[--idle-ms N] [--linger-ms N] [--connection-ms N]\n";
            return 4;
        } else {
            ++i;
        }
    }
    try {
        serve(options);
    } catch (const std::exception& e) {
        std::cerr << "bench_server: " << e.what() << '\n';
        return 3;
    }
}
